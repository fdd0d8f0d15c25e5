"""What no source here covers, in words that ``source list`` and the documentation print."""

from typing import NamedTuple


class Gap(NamedTuple):
    """A part of the market that is missing, why, and what a user can do about it ("" if nothing)."""

    what: str
    why: str
    instead: str


GAPS = (
    Gap(
        "Employers that run their own career sites (Apple, Google, Amazon, Microsoft and others)",
        "each is a program of its own; many build their pages by script and send no posting as data",
        "try jsonld:HOST, which reads schema.org JobPosting where a site's pages hold it, or import a file",
    ),
    Gap(
        "LinkedIn, Indeed, Glassdoor",
        "their terms forbid collecting by program; they are never scraped",
        "import a file you may use: the usual columns are recognised",
    ),
    Gap(
        "Oracle, iCIMS, SAP SuccessFactors, UKG, Paycom, ADP, Phenom, Eightfold, BambooHR, Breezy, Jobvite, Taleo",
        "no documented public feed, or terms that forbid reading by program",
        "jsonld:HOST, where the employer's pages hold JobPosting",
    ),
    Gap(
        "Workday and SmartRecruiters unless you turn them on",
        "undocumented requests, or a list whose host closes itself to programs",
        "name the board and opt in; workday:TENANT.wdN/SITE, smartrecruiters:COMPANY",
    ),
    Gap(
        "Openings that are never published",
        "filled inside the firm, through agencies or by asking around",
        "",
    ),
)
