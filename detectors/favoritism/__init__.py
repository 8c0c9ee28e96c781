"""Was it decided for the sake of whom one knows?"""
