"""Is a difference between areas or months real, and what of a number must not be shown?

One file a method: the value and its interval, small cells, funnel, standardised ratio, shrinkage, control chart,
survival, ranking, reform.
"""
