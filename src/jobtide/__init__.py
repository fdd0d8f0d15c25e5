"""jobtide turns real job postings into an honest picture of the ML-engineering job market.

Read the packages in the order of the data's flow: ``sources`` collect, ``enrich`` reads facts, ``link``
joins postings into vacancies, ``store`` keeps, ``pipeline`` tells the way on one page; ``market`` counts,
``report`` writes, ``cli`` speaks.
"""

__version__ = "0.1.0"
