"""Which words of a title say which role? One ordered list of rules, tried from the most to the least particular."""

from jobtide.enrich import patterns

_AI = r"(a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|agents?|agentic|genai|conversational|chatbots?)"
_ML = r"(ml|machine[- ]learning|deep[- ]learning|ai/ml|ml/ai|recommend\w*|recsys|ranking|personali[sz]ation|mle)"
_ENGINEER = (
    r"(engineers?|engineering|developers?|architects?|programmers?|swe|sde|sdet|technical staff|mts|devs?|hackers?|"
    r"entwickler(in)?|ingénieure?|ingeniero|développeur)"
)
# A platform of agents is a product; a platform for models is infrastructure.
_MODELS = r"(a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|genai)"
_INFRA = r"(infra(structure)?|platforms?|ops|operations|inference|serving|performance|compilers?|kernels?|gpu|managed ai|cloud platform)"
# Work that is neither engineering nor data: the title's noun says so, whatever field stands beside it.
_BUSINESS = (
    r"(sales|account(s|ing|ant)?|recruit\w*|talent|people (partner|ops|operations)|human resources|hr|counsel|"
    r"legal|attorney|paralegal|lawyer|marketing|marketer|growth manager|customer (success|support|service|experience)|"
    r"support (specialist|agent|representative|manager)|business development|bdr|sdr|partner(ship)?s?|finance|financial|"
    r"controller|compliance|operations (manager|associate|lead|specialist|analyst|coordinator)|operator|strategist|writer|"
    r"scriptwriter|content|copywriter|editor|community|coordinator|assistant|office|executive|go-to-market|gtm|"
    r"consultant|planner|buyer|supplier|technician|nurse|clinician|therapist|physician|medical|teacher|tutor|instructor|"
    r"chief of staff|revenue|payroll|payments?|procurement|logistics|warehouse|driver|cook|host|barista|station manager|"
    r"program manager|project manager|account manager|trader|investment|portfolio|underwrit\w*|claims|risk analyst|"
    r"electrician|communications|public relations|policy|events?|social media|video|film|producer|client)"
)
# Engineers of things that are built, dug or grown.
_PHYSICAL = (
    r"(construction|mining|mine|drill|environmental|health & safety|ehs|facilities|factory|supply chain|tooling|permit\w*|antibody|"
    r"protein|tissue|cell|biomedical|biotech\w*|cam|cmm|cad|metallurg\w*|welding|casting|sensors?|power|grid|solar|wind|hvac|"
    r"maintenance|validation|commissioning|interconnection|gse|civil|structural|rail|water|oil|gas|petroleum|drone|machining|"
    r"assembly|production line|industrial|instrumentation|laser|camera|acoustics?|space)"
)
# Departments whose programs are no software's.
_OFFICE = (
    r"(recruit\w*|people|hr|talent|sales|marketing|revenue|enablement|compliance|training|operations|ops|research|legal|"
    r"finance|quality|customer|employee\w*|events?|community|building|construction|clinical|monitoring)"
)
# Who keeps systems running rather than builds products; beside a field of machine learning the rules of that come first.
_OPERATIONS = (
    r"(dev[- ]?ops|devsecops|sre|site reliability|sys ?admins?|(systems?|database|network|linux|windows|cloud|salesforce|"
    r"it|help ?desk) administrators?|dba|noc)"
)
# What engineers of runs, before their noun: "Cloud Infrastructure Engineer", not "Infrastructure Software Engineer".
_RUN = (
    r"(infra(structure)?|cloud|cluster|kubernetes|it|help ?desk|networking|reliability|production|release|build|linux|"
    r"operations?|cloud[- ]?ops|sys(tems)?[- ]?ops|data ?cent(er|re))"
)
# Trades that their words name even before "lead", "manager" or "specialist".
_TECHNICAL = (
    r"(designers?|ux|ui|artists?|security|cybersecurity|(?-i:IT)|hardware|firmware|embedded|antenna|plasma|pcb|control systems|"
    r"spacecraft|satellite|mechatronics|iam|appsec|photonics|optics|geotechnical|reactor|nuclear|chemist\w*|piping|aerospace|"
    r"propulsion|avionics|rf|asic|fpga|optical|test(er|ers|ing)|test automation|qa|quality assurance|sysadmin|systems? admin|"
    r"forward[- ]deployed|technical (program|project) manager|tpm|technical writer|developer (advocate|relations|evangelist)|devrel|"
    r"product (manager|owner|management|director|lead|leader)|head of product|scrum|ciso|technical support|help ?desk|service desk|"
    r"biolog\w*|computational (chem\w*|biolog\w*)|animator|3d|technologist|enterprise engineer|(product|circuit|electrical|mechanical|hardware|industrial|brand|game|visual|"
    r"graphic|motion|virtual|interaction) design|design (intern|lead|manager|director)|cad modell?er|"
    r"supplier (development|quality)|payloads?)"
)
# Fields with engineers, but with buyers and supervisors too: only a technical noun behind them says which.
_FIELD = (
    r"(network|mechanical|electrical|electronics|manufacturing|thermal|packaging|controls?|materials|battery|vehicle|process|"
    r"chemical|civil|structural|quality|lab|integration|test|data cent(er|re))"
)
_STUDENT = (
    r"(intern|internship|trainee|apprentice|co-op|working student|werkstudent\w*|praktik\w*|stage|stagiaire|alternance)"
)
_DATA_SCIENCE = (
    r"(data scien(tist|ce)s?|decision scientist|quantitative (researcher|analyst)|statistician|biostatistician)"
)

# (role, rule, confidence, pattern): tried in this order on the title.
RULES = tuple(
    (role, rule, confidence, patterns.compile("(?i)" + pattern, groups=False))
    for role, rule, confidence, pattern in (
        ("software_engineer", "engineer/in-test", 0.9,
         r"\bsoftware (development )?engineer\w* in test\b|\b(ui|ui/ux|ux/ui) (engineer|developer)s?\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER} (for|at|with) ((an?|our|the) )?(\w+ ){{0,3}}(start-?up|company|lab)\b"),
        ("other_technical", "engineer/trade", 0.85,
         r"^\W*((senior|sr\.?|staff|principal|lead|junior|founding|product|application|cloud) )*"
         r"(security|hardware|firmware|mechanical|electrical|network|quality|qa|manufacturing|supplier \w+) engineers?\b"),
        ("other", "business/trade", 0.85, r"\b(gtm|\(?go[- ]to[- ]market\)?|marketing|martech) engineer\w*\b|"
         r"\b(inventory|cost|projects?|business|document|risk (and|&)) controls?\b|\btraders?\b|\bgrowth hackers?\b|\b(business developer|sourcer|recruiter)s?\b|\bconstruction\b.*\b(manager|superintendent|director|lead)\b"),
        ("research_scientist", "research/policy-model", 0.85, r"\b(world models?|action policy)\b.*\bresearcher\b"),
        ("data_engineer", "engineer/data", 0.85, rf"\b{_ENGINEER}\b\W*[-–—,(|]\W*data\W*$"),
        ("mlops_engineer", "engineer/data-science-platform", 0.9, rf"\bdata science (platform|infrastructure)\b.*\b{_ENGINEER}\b"),
        ("other_technical", "manager/program", 0.9, r"\b(technical|it) (program|project) manager|\btpm\b"),
        ("other", "manager/program-of-business", 0.85, rf"\b{_OFFICE}\b.*\bprogram manager|\bprogram manager.*\b{_OFFICE}\b"),
        ("other_technical", "manager/program", 0.9,
         rf"\b(engineering|software|hardware|infrastructure|platform|cloud|product|data|{_AI}|{_ML}) program manager"),
        ("other_technical", "science/other", 0.9,
         r"\b(ux|user|market|clinical|policy|legal|design|customer insights (and|&) ux) (researchers?|research)\b"),
        ("ml_manager", "manager/data", 0.9, r"\b(head|director|vp|vice president|chief)( of|,)? data( (and|&) (data )?(analytics|science|ai|ml|"
         r"machine learning|artificial intelligence|insights|bi|research))?( officer)?\s*($|[-–—|(@])"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b(product (manager|owner|lead|management)|pm|head of product|vp of product|vp,? product|director of product|cpo)\b.*"
         rf"\b({_AI}|{_ML}|data|analytics)\b"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b({_AI}|{_ML}|data|analytics)\b.*\b(product (manager|owner|lead)|pm|pm-in-residence)\b"),
        ("other_technical", "product/other", 0.85, r"\b(head|director|vp|vice president)( of|,|,? of) (product( management)?|(product |user experience and )?design)\s*($|[-–—,|(])"),
        ("ml_manager", "manager/ml", 0.95,
         rf"\b(engineering manager|manager,? (of )?(software )?engineering|head of|director( of|,)?|vp( of|,)?|manager,?|chief)\b.*"
         rf"\b({_AI} (engineering|research|science|platform)|{_ML}|data science|applied sciences?|computer vision|nlp|research)\b"),
        ("ml_manager", "manager/ml", 0.95, rf"\bengineering manager\b.*\b({_AI}|{_ML})\b|"
         rf"\b({_AI}|{_ML}|data science|data scientist|computer vision|nlp|applied science)\b.*"
         rf"\b(engineering manager|manager|director|head)\b|\bhead of ({_AI}|{_ML})$|\bchief (ai|data|scientist)"),
        ("software_engineer", "manager/engineering", 0.8, r"\b(engineering manager|manager,? (of )?(software )?engineering|"
         r"(head|director|vp) of engineering|^\W*((senior|sr\.?|principal|software) )*(dev|development) (lead|manager)|cto|chief technology officer|engineering lead|(lead|head|director|manager|vp)( of|,)? software development|software development (lead|manager|director))\b"),
        ("software_engineer", "engineer/for-ai", 0.7,
         rf"\b(full[- ]?stack|front[- ]?end|back[- ]?end|web|mobile)\b.*\b{_ENGINEER}\b.*\b(robot\w*|ai systems)\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.9,
         rf"\b(robot\w*|autonom\w*|slam|motion planning|self-driving|perception|state estimation|localization)\b.*\b({_ENGINEER}|scientist)\b|"
         rf"\b{_ENGINEER}\b.*\b(robotics (software|perception|learning)|autonomy|slam|motion planning|perception|behavior planning)\b"),
        ("computer_vision_engineer", "engineer/vision", 0.95,
         rf"\b(computer vision|machine vision|image processing)\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(computer vision|cv)\b"),
        ("research_engineer", "research/engineer", 0.95,
         rf"\b(research (software )?engineer\w*|research and development engineer)\b|\b{_ENGINEER}\b.*\bresearch\b.*\b({_AI}|{_ML})\b"),
        ("other_technical", "science/other", 0.9, r"\b(scientist|researcher)\b.*\b(chem\w*|biolog\w*|physics|materials|clinical|"
         r"genom\w*|protein|pharma\w*|market|user|ux|immunolog\w*|assay|formulation|neuro\w*)\b|"
         r"\b(ux|user|market|clinical|chem\w*|biolog\w*|security|materials|policy|legal) (researcher|scientist|research)\b"),
        ("data_scientist", "data/science", 0.95, rf"\b{_DATA_SCIENCE}\b"),
        ("research_scientist", "research/scientist", 0.95,
         rf"\b(research scientist|applied scientist|researchers?|research (resident|fellow|intern|lead|associate)|"
         rf"scientist,? ({_AI}|{_ML})|applied sciences? {_STUDENT}|({_AI}|{_ML}|nlp|applied|staff|senior|principal) ([a-z/]+ )?scientist|scientist)\b"),
        ("analytics_engineer", "data/analytics", 0.95, r"\banalytics engineer\w*\b|\bbi\b.{0,14}\bengineer\b|\b(bi|tableau|looker) developers?\b|\bbusiness intelligence (engineer|developer)\b"),
        ("data_engineer", "data/engineer", 0.95,
         rf"\bdata (platform |infrastructure |pipeline |warehouse |software |integration )?({_ENGINEER}|lead)\b|\b{_ENGINEER}\b.*"
         rf"\bdata (platforms?|infrastructure|engineering|pipelines?|ingestion|warehouse)\b|\betl developer\b|\bdatabase engineer\b"),
        ("ai_engineer", "engineer/deployed-ai", 0.9, rf"\bdeployed\b.*\b{_AI}\b|\b{_AI}\b.*\b(forward[- ]deployed|deployed {_ENGINEER})\b"),
        ("ai_engineer", "engineer/ai", 0.9, r"\b(ai|llm|gen ?ai|agents?) engineers?( [-–—]|,|\|)"),
        ("mlops_engineer", "engineer/mlops", 0.95,
         rf"\b(mlops|llmops|ml ops|aiops|machine learning operations)\b|"
         rf"\b({_ML}|model|training)\b[ ,-]*.{{0,14}}\b({_INFRA}|systems)\b.*\b({_ENGINEER}|sre)\b|"
         rf"\b{_MODELS}\b[ ,-]*.{{0,14}}\b{_INFRA}\b.*\b({_ENGINEER}|sre)\b|"
         rf"\b({_ENGINEER}|sre)\b.*\b({_ML}|model|training)\b[ ,-]*.{{0,14}}\b({_INFRA}|systems)\b|"
         rf"\b({_ENGINEER}|sre)\b.*\b({_MODELS}|managed ai)\b[ ,-]*.{{0,14}}\b{_INFRA}\b|"
         rf"\b(infrastructure|platform|systems|inference|performance|reliability|gpu|kernel)\b.*\b{_ENGINEER}\b.*\b({_AI}|{_ML})\b|"
         rf"\binference\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(inference|managed ai|gpu (kernels?|performance))\b"),
        ("nlp_engineer", "engineer/language", 0.9, rf"\b(nlp|natural language|speech|linguist\w*)\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(nlp|speech|natural language)\b"),
        ("ml_engineer", "engineer/ml", 0.95, rf"\b{_ML}\b.*\b({_ENGINEER}|scientist)\b|\b{_ENGINEER}\b.*\b{_ML}\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER}\b.*\b(security for ai|ai (cloud|gateway)|general / ai)|"
         rf"\b(mobile|ios|android|flutter|react native|front[- ]?end|fe-oriented)\b.*\b{_ENGINEER}\b.*\b{_AI}\b|\b{_ENGINEER}\b.*\bfe-oriented|"
         r"\bfull[- ]?stack developer\b.*\brobotics"),
        ("software_engineer", "engineer/software-first", 0.85,
         rf"\b(software|back[- ]?end|full[- ]?stack|front[- ]?end)( (engineer|developer|development)s?)? ?(&+|and|/|,) ?({_RUN}|test|qa) engineer"),
        ("other_technical", "engineer/operations", 0.85,
         rf"\b{_OPERATIONS}\b.{{0,20}}\b({_ENGINEER}|lead|manager)\b|^\W*(an? |our |the )?((senior|sr\.?|junior|jr\.?|lead|staff|principal) )*{_OPERATIONS}\b|"
         r"\b(sre|site reliability|devops|devsecops)\W*$|\b((systems?|database|network|linux|windows|it) administrators?|sys ?admins?)\b|"
         rf"\b{_RUN} (& \w+ |and \w+ )?((platform|services?|systems?|support|security) )?(engineers?|architects?)\b"),
        ("other_technical", "engineer/test-or-support", 0.85, r"\b(sales|pre-?sales|solutions?|support|customer( value)?|field|field (service|application)s?|"
         r"implementation|partner|partner consulting|onboarding|deployment|deployed|escalation|detection|docs|documentation|education) engineer\w*\b|\bservice engineers?\b|^\W*((senior|lead|founding|principal|staff) )*solutions? architects?\b"),
        ("ai_engineer", "engineer/ai", 0.9, rf"\b{_AI}\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b({_AI}|applied ai)\b|\bprompt engineer"),
        ("other_technical", "engineer/other", 0.85, rf"\b{_TECHNICAL}\b.*\b({_ENGINEER}|technician|lead|manager|specialist|architect)\b|"
         rf"\b{_FIELD}\b.*\b({_ENGINEER}|technician|technologist|administrator)\b|"
         rf"\b{_ENGINEER}\b.*\b(security|hardware|firmware|mechanical|electrical|manufacturing|piping|test|satellite|spacecraft|avionics|forward[- ]deployed|field eng)\b|"
         r"\bsolutions? architects?\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.8, rf"\b{_ENGINEER}\b.*\brobotics\b"),
        ("software_engineer", "engineer/software", 0.85,
         rf"\b(software|backend|back[- ]end|frontend|front[- ]end|full[- ]?stack|web(site)?|mobile|ios|android|platform|cloud|infrastructure|blockchain|"
         rf"solidity|smart contract|python|java|golang|go|rust|react|"
         rf"product|founding|api|distributed|graphics|game\w*|ruby|node\S*|unity|unreal|growth|(java|type)script|php|scala|kotlin|swift|compiler|sdk|protocol|"
         rf"smart contracts|defi)\b.*\b{_ENGINEER}\b|\.net\b.*\b{_ENGINEER}\b|\bc\+\+|\b(sdet|swe)\b|\btech(nical)? lead\b|"
         rf"\b{_ENGINEER}\b.*\b(back[- ]?end|front[- ]?end|full[- ]?stack|ios|android|mobile|web|platform)\b"),
        ("other_technical", "engineer/physical", 0.8, rf"\b{_PHYSICAL}\b.{{0,30}}\b(engineers?|engineering|programmers?|designers?)\b|"
         rf"\bengineers?\b.{{0,30}}\b{_PHYSICAL}\b"),
        ("software_engineer", "engineer/graded", 0.75,
         rf"\b(application|systems?|tools?|core|engineering|staff|senior|lead|principal|junior)\b.*\b{_ENGINEER}\b"),
        ("other_technical", "analyst/technical", 0.85,
         r"\b(business|business systems?|systems?|functional|technical|it|soc|security|security operations|service desk|help ?desk|sap|erp|network|"
         r"cyber\w*|qa|test|infrastructure|applications?) analysts?\b|\b(technical|it|applications?|desktop|systems?) ((product|customer) )?support\b"),
        ("data_analyst", "data/analyst", 0.9, r"\b(data|product|business intelligence|bi|analytics|insights|marketing|reporting) analyst\w*\b|"
         r"\banalyst,? (data|analytics|product|insights)\b|\bbusiness analytics\b|\bdata (specialist|annotator|labell?er)\b|\banalytics,? (manager|lead|director|intern|specialist|associate)\b|\b(head|director|vp)( of|,) (\w+ ){0,2}analytics\b|"
         r"\bhead of data\b|\b(web|app|digital|game|growth) analyst|^\W*(product |data )?analytics\W*$"),
        ("ml_engineer", "student/ml", 0.7, rf"\b{_ML}\b.*\b{_STUDENT}\b|\b{_STUDENT}\b.*\b{_ML}\b"),
        ("ai_engineer", "student/ai", 0.6, rf"\b(ai|llms?|gen ?ai) {_STUDENT}\b|\b{_STUDENT},? (in )?(ai|llms?|gen ?ai)\b"),
        ("other_technical", "technical/named", 0.85, r"\b(product (manager|owner|leader|design)|designers?|(technical|docs?) writer|"
         r"(solutions?|technical) consult(ant|ants|ing)|product management)\b"),
        ("other", "manager/program-open", 0.6, r"^\W*((senior|sr\.?|principal|lead|staff|associate|general|group) )*program managers?\b"),
        ("other", "business", 0.85, rf"\b{_BUSINESS}\b"),
        ("other_technical", "technical", 0.8, rf"\b{_TECHNICAL}\b"),
        ("research_scientist", "research/field", 0.8,
         rf"\b({_AI}|{_ML}|applied) research\b|^\W*research internship\b"),
        ("software_engineer", "student/software", 0.75, rf"\b(software|engineering|developer|dev)\b.*\b({_STUDENT}|interns|internships?|inter)\b|"
         r"\bsoftwareentwicklung\b"),
        ("software_engineer", "engineer/plain", 0.75, rf"\b{_ENGINEER}\b|\b(back[- ]?end|front[- ]?end|full[- ]?stack|(web|software|mobile|app) development|(senior|lead|junior) (ios|android|ruby|rails|python|java|php))\b"),
        ("other", "business/lead", 0.6, r"\b(manager|director|head|lead|specialist|associate|analyst|intern|representative|advisor|officer)\b"),
    )
)  # fmt: skip
