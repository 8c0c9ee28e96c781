"""Does a question that tests by chance accuse by chance? Many small worlds in which the answer is known."""
