"""Which words of a title say which role? One ordered list of rules, tried from the most to the least particular.

A title is a noun with what stands around it. A rule names a fixed phrase, or groups of words that stand in any order:
"engineer" with "machine learning". The groups come first, by what they have in common.
"""

from jobtide.enrich import patterns


def _either(*words: str) -> str:
    """A pattern of any of these, whole."""
    return rf"\b(?:{'|'.join(words)})\b"


def _both(one: str, other: str) -> str:
    """A pattern of both, in either order."""
    return rf"{one}.*{other}|{other}.*{one}"


# Who makes, studies or leads.
_ENGINEER = _either(
    r"engineers?|engineering|developers?|architects?|programmers?|swe|sde|sdet|technical staff|mts|devs?|hackers?",
    r"entwickler(?:in)?|ingénieure?|ingeniero|développeur",
)
_STUDENT = _either(
    r"interns?|internships?|inter|trainee|apprentice|co-op|working student|werkstudent\w*|praktik\w*|stage|stagiaire|alternance"
)
_SCIENTIST = _either(
    r"scientists?|researchers?|applied sciences?|research (?:resident|fellow|intern|lead|associate)|resident researcher"
)
_DATA_SCIENTIST = _either(
    r"data scien(?:tists?|ces?)|decision scientists?|quantitative (?:researcher|analyst)s?|(?:bio)?statisticians?"
)
_CHIEF = r"\b(?:(?:head|director|vp|vice president|manager|chief)\b(?: of|,)?)"
_ENGINEERING_MANAGER = _either(
    r"engineering manager|managers?,? (?:of )?(?:software )?engineering|(?:head|director|vp) of engineering|engineering lead"
)
_PRODUCT_MANAGER = _either(
    r"product (?:manager|owner|lead|management)|pm|pm-in-residence|(?:head|vp|director) of product|vp,? product|cpo"
)
_GRADES = (
    r"^\W*(?:(?:an?|our|the|senior|sr\.?|staff|principal|lead|junior|jr\.?|founding|associate|general|group|software|"
    r"product|application|cloud) )*"
)
# Fields of learning and data.
_AI = _either(r"a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|agents?|agentic|conversational|chatbots?")
_ML = _either(
    r"ml|machine[- ]learning|deep[- ]learning|reinforcement learning|foundation models?|(?:pre|post)[- ]training|recommend\w*|recsys|ranking|personali[sz]ation|mle"
)
# A platform of agents is a product; a platform for models is infrastructure.
_MODELS = _either(
    r"ml|machine[- ]learning|deep[- ]learning|recsys|a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|models?|training"
)
_PLATFORM = _either(
    r"infra(?:structure)?|platforms?|ops|operations|inference|serving|performance|compilers?|kernels?|gpu|systems"
)
_DATA_PLATFORM = _either(r"data (?:platforms?|infrastructure|engineering|pipelines?|ingestion|warehouse)")
_ROBOTS = _either(
    r"robot\w*|autonom\w*|slam|motion planning|self-driving|perception|state estimation|localization|behaviou?r planning"
)
# Who keeps systems running rather than builds products, by what they do and by what they engineer.
_OPERATES = _either(
    r"dev[- ]?ops|devsecops|sre|site reliability|sys ?admins?|dba|noc",
    r"(?:systems?|database|network|linux|windows|cloud|salesforce|it|help ?desk) administrators?",
)
_RUN = _either(
    r"infra(?:structure)?|cloud|cluster|kubernetes|it|help ?desk|networking|reliability|production|release|build|linux|"
    r"operations?|cloud[- ]?ops|sys(?:tems)?[- ]?ops|data ?cent(?:er|re)"
)
_HELPS = _either(
    r"sales|solutions?|support|customer(?: value)?|field(?: (?:service|application)s?)?|implementation|partner|consulting|"
    r"onboarding|deployment|deployed|escalation|detection|docs|documentation|education"
)
# Engineers of things: of what has buyers and supervisors too only a technical noun behind says whose work it is.
_FIELD = _either(
    r"network|mechanical|electrical|electronics|manufacturing|thermal|packaging|controls?|materials|battery|vehicle|process|"
    r"chemical|civil|structural|quality|lab|integration|test|data cent(?:er|re)"
)
_PHYSICAL = _either(
    r"construction|mining|mine|drill|environmental|health & safety|ehs|facilities|factory|supply chain|tooling|permit\w*|antibody|"
    r"protein|tissue|cell|biomedical|biotech\w*|cam|cmm|cad|metallurg\w*|welding|casting|sensors?|power|grid|solar|wind|hvac|"
    r"maintenance|validation|commissioning|interconnection|gse|civil|structural|rail|water|oil|gas|petroleum|drone|machining|"
    r"payloads?|spacecraft|satellites?|assembly|production line|industrial|instrumentation|laser|camera|acoustics?|space"
)
# Trades that their words name even before "lead", "manager" or "specialist".
_TECHNICAL = _either(
    r"designers?|ux|ui|artists?|animator|3d|(?:product|circuit|electrical|mechanical|hardware|industrial|brand|game|visual|graphic|"
    r"motion|virtual|interaction) design|design (?:intern|lead|manager|director)|cad modell?er",
    r"security|cybersecurity|infosec|iam|appsec|ciso|(?-i:IT)|systems? admin|help ?desk",
    r"hardware|firmware|embedded|antenna|plasma|pcb|spacecraft|mechatronics|photonics|optics|geotechnical|"
    r"reactor|nuclear|chemist\w*|aerospace|propulsion|avionics|rf|fpga|optical|biolog\w*|computational chem\w*",
    r"test(?:er|ers|ing)|qa|quality assurance|technologist|enterprise engineer",
    r"forward[- ]deployed|developer (?:advocate|relations|evangelist)|devrel|"
    r"product (?:manager|owner|management|director|lead|leader)|head of product|scrum",
)
# Work that is neither engineering nor data: the title's noun says so, whatever field stands beside it.
_BUSINESS = _either(
    r"sales|business development|bdr|sdr|go-to-market|gtm|account(?:s|ing|ant)?|partner(?:ship)?s?|alliances?|revenue|client|buyer",
    r"customer (?:success|support|service|experience)|support (?:specialist|agent|representative|manager)",
    r"recruit\w*|talent|people (?:partner|ops|operations)|human resources|hr|payroll",
    r"counsel|legal|attorney|paralegal|lawyer|compliance|policy",
    r"finance|financial|controller|investment|underwrit\w*|payments?",
    r"marketing|marketer|communications|public relations|social media|events?",
    r"writer|scriptwriter|content|copywriter|editor|video|film|producer",
    r"operations (?:manager|associate|lead|specialist|analyst|coordinator)|operator|strategist|coordinator|assistant|office|executive|"
    r"chief of staff|planner|consultant|logistics|project manager",
    r"technician|nurse|clinician|therapist|physician|medical|teacher|tutor|instructor|driver|host|electrician",
)
# Departments whose programs are no software's.
_OFFICE = _either(
    r"recruit\w*|people|talent|sales|marketing|compliance|training|operations|research|legal|finance|quality|customer\w*|clinical"
)
_SOFTWARE = _either(
    r"software|back[- ]?end|front[- ]?end|full[- ]?stack|web(?:site)?|mobile|ios|android|platform|cloud|infrastructure|blockchain|"
    r"python|java|golang|rust|react|product|founding|api|graphics|game\w*|ruby|unity|(?:java|type)script"
)
_SENIOR = r"\b(?:application|systems?|tools?|core|engineering|staff|senior|lead|principal|junior)\b"

# (role, rule, confidence, pattern): tried in this order on the title.
RULES = tuple(
    (role, rule, confidence, patterns.compile("(?i)" + pattern, groups=False))
    for role, rule, confidence, pattern in (
        # Phrases that say another thing than their words do.
        ("software_engineer", "engineer/in-test", 0.9,
         r"\bsoftware (?:development )?(?:engineer|developer)\w* in test\b|\b(?:ui|ui/ux|ux/ui) (?:engineer|developer)s?\b"),
        ("other_technical", "engineer/trade", 0.85,
         _GRADES + r"(?:security|hardware|firmware|mechanical|electrical|network|quality|qa|manufacturing|supplier \w+) engineers?\b"),
        ("other", "business/trade", 0.85,
         _either(r"(?:gtm|\(?go[- ]to[- ]market\)?|marketing|martech) engineer\w*|traders?|growth hackers?|business developers?|sourcers?|"
                 r"recruiters?|(?:inventory|cost|projects?|business|document|risk(?: (?:and|&))?) controls?|founder['’]?s? associate|"
                 r"(?:technical )?sourcing manager|security guards?|building security|construction\b.*\b(?:manager|superintendent|director|lead)")),
        ("data_engineer", "engineer/data", 0.85, _ENGINEER + r"\W*[-–—,(|]\W*data\W*$"),
        ("other_technical", "manager/program", 0.9, _either(r"(?:technical|it) (?:program|project) manager|tpm")),
        ("other", "manager/program-of-business", 0.85, _both(_OFFICE, r"\bprogram manager")),
        ("other_technical", "manager/program", 0.9,
         rf"(?:\b(?:engineering|software|hardware|infrastructure|platform|cloud|product|data)|{_AI}|{_ML}) program manager"),
        ("mlops_engineer", "engineer/data-science-platform", 0.9, _both(_either(r"data science (?:platform|infrastructure)"), _ENGINEER)),
        # Who leads.
        ("ml_manager", "manager/data", 0.9,
         r"\b(?:head|director|vp|vice president|chief)(?: of|,)? data(?: (?:and|&) (?:data )?(?:analytics|science|ai|ml|machine learning|"
         r"artificial intelligence|insights|bi|research))?(?: officer)?\s*(?:$|[-–—|(@])"),
        ("data_ai_product_manager", "product/ai", 0.95, _both(_PRODUCT_MANAGER, rf"(?:{_AI}|{_ML}|\b(?:data|analytics)\b)")),
        ("other_technical", "product/other", 0.85,
         r"\b(?:head|director|vp|vice president)(?: of|,|,? of) (?:product(?: management)?|(?:product |user experience and )?design)\s*(?:$|[-–—,|(])"),
        ("ml_manager", "manager/ml", 0.95,
         _both(rf"(?:{_ENGINEERING_MANAGER}|{_CHIEF})", rf"(?:{_AI} (?:engineering|science|platform)|{_ML}|\b(?:data science|applied sciences?|computer vision|nlp)\b)")
         + rf"|{_CHIEF} (?:\w+ )?research\b|" + _both(r"\bengineering manager\b", _AI) + rf"|\bhead of (?:{_AI}|{_ML})$|\bchief (?:ai|data|scientist)"),
        ("software_engineer", "manager/engineering", 0.8,
         rf"{_ENGINEERING_MANAGER}|\b(?:cto|chief technology officer)\b|{_GRADES}(?:dev|development) (?:lead|manager)\b|"
         rf"{_CHIEF} (?:software development\b|(?:software|mobile|web|back[- ]?end|front[- ]?end|platform)\s*(?:$|[-–—,|(:]))|\bsoftware development (?:lead|manager|director)\b"),
        # Who works in a field of learning or data.
        ("software_engineer", "engineer/for-ai", 0.7,
         rf"\b(?:full[- ]?stack|front[- ]?end|back[- ]?end|web|mobile)\b.*{_ENGINEER}.*\b(?:robot\w*|ai systems)\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.9,
         rf"{_ROBOTS}.*(?:{_ENGINEER}|\bscientist\b)|{_ENGINEER}.*\b(?:robotics (?:software|perception|learning)|autonomy|slam|motion planning|perception|behavior planning)\b"),
        ("computer_vision_engineer", "engineer/vision", 0.95,
         _both(_either(r"computer vision|machine vision|image processing"), _ENGINEER) + rf"|{_ENGINEER}.*\bcv\b"),
        ("research_engineer", "research/engineer", 0.95,
         rf"\bresearch (?:(?:software|and development) )?engineer\w*\b|{_ENGINEER}.*\bresearch\b.*(?:{_AI}|{_ML})"),
        ("research_scientist", "research/of-learning", 0.95, rf"(?:{_AI}|{_ML}) (?:research )?(?:scientist|researcher)"),
        ("other_technical", "science/other", 0.9,
         r"\b(?:scientist|researcher)\b.*\b(?:chem\w*|biolog\w*|physics|materials|clinical|genom\w*|protein|pharma\w*|market|user|ux|immunolog\w*|assay|"
         r"formulation|neuro\w*)\b|" + _either(r"(?:ux|user|market|clinical|chem\w*|biolog\w*|security|materials|legal|design) (?:researchers?|scientists?|research)")),
        ("data_scientist", "data/science", 0.95, _DATA_SCIENTIST),
        ("research_scientist", "research/scientist", 0.95, _SCIENTIST),
        ("analytics_engineer", "data/analytics", 0.95,
         _either(r"analytics (?:engineer\w*|architect|developer)|bi\b.{0,14}\bengineer|(?:bi|tableau|looker) developers?|business intelligence (?:engineer|developer)")),
        ("data_engineer", "data/engineer", 0.95,
         rf"\bdata (?:(?:platform|infrastructure|pipeline|warehouse|software|integration) )?(?:{_ENGINEER}|lead\b)|"
         rf"{_ENGINEER}.*{_DATA_PLATFORM}|\b(?:etl|database) (?:developer|engineer)s?\b"),
        ("ai_engineer", "engineer/deployed-ai", 0.9, _both(_either(r"(?:forward[- ])?deployed"), _AI)),
        ("nlp_engineer", "engineer/language", 0.9, _both(_either(r"nlp|natural language|speech|linguist\w*"), _ENGINEER)),
        # The noun that a comma follows says it, whatever the field behind.
        ("ai_engineer", "engineer/ai", 0.9, r"\b(?:ai|llm|gen ?ai|agents?) engineers?(?: [-–—]|,|\|)"),
        ("ml_engineer", "engineer/ml", 0.9, r"\b(?:ml|machine[- ]learning) engineers?(?: [-–—]|,|\|)"),
        ("mlops_engineer", "engineer/mlops", 0.95,
         _either(r"mlops|llmops|ml ops|aiops|machine learning operations") + "|" + _both(rf"{_MODELS}[ ,-]*.{{0,14}}{_PLATFORM}", rf"(?:{_ENGINEER}|\bsre\b)")
         + rf"|\b(?:infrastructure|platform|systems|performance|reliability|gpu|kernel)\b.*{_ENGINEER}.*(?:{_AI}|{_ML})|"
         + _both(_either(r"inference|managed ai|gpu"), _ENGINEER)),
        ("ml_engineer", "engineer/ml", 0.95, _both(_ML, _ENGINEER)),
        # Who works on software.
        ("software_engineer", "engineer/for-ai", 0.7,
         rf"{_ENGINEER} (?:for|at|with) .*\b(?:start-?up|company|lab)\b|{_ENGINEER}.*\b(?:\w+ for ai|ai (?:cloud|gateway)|general)\b|"
         rf"\b(?:mobile|ios|android|flutter|react native|front[- ]?end)\b.*{_ENGINEER}.*{_AI}|{_ENGINEER}.*\bfe-oriented\b"),
        ("software_engineer", "engineer/software-first", 0.85,
         rf"\b(?:software|back[- ]?end|full[- ]?stack|front[- ]?end)(?: (?:engineer|developer|development)s?)? ?(?:&+|and|/|,) ?(?:{_RUN}|test|qa) engineer"),
        ("other_technical", "engineer/operations", 0.85,
         rf"{_OPERATES}.{{0,20}}(?:{_ENGINEER}|\b(?:lead|manager)\b)|{_GRADES}{_OPERATES}|\b(?:sre|site reliability|devops|devsecops)\W*$|"
         rf"\b(?:(?:systems?|database|network|linux|windows|it) administrators?|sys ?admins?)\b|"
         rf"{_RUN} (?:& \w+ |and \w+ )?(?:(?:platform|services?|systems?|support|security) )?(?:engineers?|architects?)\b"),
        ("other_technical", "engineer/test-or-support", 0.85, rf"{_HELPS} engineer\w*\b|\bservice engineers?\b|{_GRADES}solutions? architects?\b"),
        ("ai_engineer", "engineer/ai", 0.9, _both(_AI, _ENGINEER) + r"|\bprompt engineer"),
        ("other_technical", "engineer/other", 0.85,
         rf"{_TECHNICAL}.*(?:{_ENGINEER}|\b(?:technician|lead|manager|director|specialist|architect)\b)|"
         rf"{_FIELD}.*(?:{_ENGINEER}|\b(?:technician|technologist|administrator)\b)|"
         rf"{_ENGINEER}.*\b(?:security|hardware|firmware|mechanical|electrical|manufacturing|piping|test|satellite|spacecraft|avionics|forward[- ]deployed|field eng)\b|"
         r"\bsolutions? architects?\b|\b(?:manager|director|head)\b.*\b(?:developer relations|devrel)\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.8, rf"{_ENGINEER}.*\brobotics\b"),
        ("software_engineer", "engineer/software", 0.85,
         rf"{_SOFTWARE}.*{_ENGINEER}|{_SOFTWARE} engr?\b|\.net\b.*{_ENGINEER}|\bc\+\+|\b(?:sdet|swe|tech(?:nical)? lead)\b|"
         rf"{_ENGINEER}.*\b(?:back[- ]?end|front[- ]?end|full[- ]?stack|ios|android|mobile|web|platform)\b"),
        ("other_technical", "engineer/physical", 0.8,
         rf"{_PHYSICAL}.{{0,30}}\b(?:engineers?|engineering|programmers?|designers?)\b|\bengineers?\b.{{0,30}}{_PHYSICAL}"),
        ("software_engineer", "engineer/graded", 0.75, rf"{_SENIOR}.*{_ENGINEER}"),
        # Who works with data, systems, products or people.
        ("other_technical", "analyst/technical", 0.85,
         _either(r"(?:business|business systems?|systems?|functional|technical|it|soc|security|security operations|service desk|help ?desk|sap|erp|network|"
                 r"cyber\w*|qa|test|infrastructure|applications?) analysts?|(?:technical|it|applications?|desktop|systems?) (?:(?:product|customer) )?support")),
        ("data_analyst", "data/analyst", 0.9,
         _either(r"(?:data|product|business intelligence|bi|analytics|insights|marketing|reporting|web|app|digital|game|growth) analyst\w*|"
                 r"analyst,? (?:data|analytics|product|insights)|business analytics|data (?:specialist|annotator|labell?er)|"
                 r"analytics,? (?:manager|lead|director|intern|specialist|associate)|(?:head|director|vp)(?: of|,) (?:\w+ ){0,2}analytics|head of data")
         + r"|^\W*(?:product |data )?analytics\W*$"),
        ("ml_engineer", "student/ml", 0.7, _both(_ML, _STUDENT)),
        ("ai_engineer", "student/ai", 0.6, rf"\b(?:ai|llms?|gen ?ai) {_STUDENT}|{_STUDENT},? (?:in )?(?:ai|llms?|gen ?ai)\b"),
        ("other_technical", "technical/named", 0.85,
         _either(r"product (?:manager|owner|leader|design|management)|designers?|(?:technical|docs?) writer|(?:solutions?|technical) consult(?:ant|ants|ing)|"
                 r"pre-?sales|deployment strategist") + r"|^\W*design\W*$"),
        ("other", "manager/program-open", 0.6, _GRADES + r"programm?e? managers?\b"),
        ("other", "business", 0.85, _BUSINESS),
        ("other_technical", "technical", 0.8, _TECHNICAL),
        ("research_scientist", "research/field", 0.8, rf"(?:{_AI}|{_ML}|\bapplied) research\b|^\W*research internship\b"),
        ("software_engineer", "engineer/plain", 0.75,
         rf"{_ENGINEER}|\bsoftware\b.*{_STUDENT}|\bsoftwareentwicklung\b|" + _either(r"back[- ]?end|front[- ]?end|full[- ]?stack|(?:web|software|mobile|app) development|"
                                   r"(?:senior|lead|junior) (?:ios|android|ruby|rails|python|java|php)")),
        ("other_technical", "technical/lead", 0.6,
         _both(_either(r"technical|technology|software|hpc|network|cloud"), _either(r"managers?|director|head|lead|administrator|specialist|pm"))),
        ("other", "business/lead", 0.6, _either(r"manager|director|head|lead|specialist|associate|analyst|intern|representative|advisor|officer")),
    )
)  # fmt: skip
