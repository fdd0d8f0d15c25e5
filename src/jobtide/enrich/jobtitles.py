"""Which words of a title say which role? One ordered list of rules, tried from the most to the least particular."""

from jobtide.enrich import patterns

_AI = r"(a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|agents?|agentic|genai|conversational|chatbots?)"
_ML = r"(ml|machine[- ]learning|deep[- ]learning|ai/ml|ml/ai|recommend\w*|recsys|ranking|personali[sz]ation|mle)"
_ENGINEER = (
    r"(engineers?|engineering|developers?|architects?|programmers?|swe|sde|sdet|technical staff|mts|dev|hackers?|"
    r"entwickler(in)?|ingénieure?|ingeniero|développeur)"
)
_INFRA = r"(infra(structure)?|platforms?|systems|ops|operations|inference|serving|performance|compilers?|kernels?|gpu|managed ai|cloud platform)"
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
_TECHNICAL = (
    r"(designers?|ux|ui|artists?|security|cybersecurity|it (support|administrator|specialist|manager|engineer)|network|"
    r"hardware|mechanical|electrical|electronics|firmware|embedded|manufacturing|antenna|plasma|pcb|thermal|packaging|controls?|control systems|spacecraft|satellite|mechatronics|iam|appsec|test automation|photonics|optics|materials|geotechnical|reactor|nuclear|battery|vehicle|process|chemical|chemist\w*|civil|"
    r"structural|piping|aerospace|propulsion|avionics|rf|asic|fpga|optical|test engineer|quality|qa|systems administrator|"
    r"sysadmin|solutions? (engineer|architect|consultant)|sales engineer|support engineer|field engineer|"
    r"customer engineer|implementation engineer|integration engineer|forward[- ]deployed|technical (program|project) manager|"
    r"tpm|technical writer|developer (advocate|relations)|devrel|product manager|product owner|scrum|materials|biolog\w*|"
    r"computational (chem\w*|biolog\w*)|enterprise engineer|animator|game designer|3d|technologist|lab\b|"
    r"product design|supplier (development|quality)|satellite|payloads?)"
)
_STUDENT = (
    r"(intern|internship|trainee|apprentice|co-op|working student|werkstudent\w*|praktik\w*|stage|stagiaire|alternance)"
)
_DATA_SCIENCE = (
    r"(data scien(tist|ce)s?|decision scientist|quantitative (researcher|analyst)|statistician|biostatistician)"
)

# (role, rule, confidence, pattern): tried in this order on the title.
RULES = tuple(
    (role, rule, confidence, patterns.compile("(?i)" + pattern))
    for role, rule, confidence, pattern in (
        ("software_engineer", "engineer/in-test", 0.9,
         r"\bsoftware (development )?engineer\w* in test\b|\b(ui|ui/ux|ux/ui) (engineer|developer)s?\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER} (for|at|with) (an?|our|the) (\w+ ){{0,3}}(start-?up|company|lab)\b"),
        ("other_technical", "engineer/trade", 0.85,
         r"^\W*((senior|sr\.?|staff|principal|lead|junior|founding|product|application|cloud) )*"
         r"(security|hardware|firmware|mechanical|electrical|network|quality|qa|manufacturing|supplier \w+) engineers?\b"),
        ("other", "business/trade", 0.85, r"\btraders?\b|\bgrowth hackers?\b|\bconstruction\b.*\b(manager|superintendent|director|lead)\b"),
        ("research_scientist", "research/policy-model", 0.85, r"\b(world models?|action policy)\b.*\bresearcher\b"),
        ("mlops_engineer", "engineer/data-science-platform", 0.9, rf"\bdata science (platform|infrastructure)\b.*\b{_ENGINEER}\b"),
        ("other_technical", "manager/program", 0.9, r"\btechnical (program|project) manager|\btpm\b"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b(product (manager|owner|lead)|pm|head of product|vp of product|vp,? product|director of product|cpo)\b.*"
         rf"\b({_AI}|{_ML}|data|analytics)\b"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b({_AI}|{_ML}|data|analytics)\b.*\b(product (manager|owner|lead)|pm|pm-in-residence)\b"),
        ("ml_manager", "manager/ml", 0.95,
         rf"\b(engineering manager|manager,? (of )?(software )?engineering|head of|director( of|,)?|vp( of|,)?|manager,?|chief)\b.*"
         rf"\b({_AI} (engineering|research|science|platform)|{_ML}|data science|applied science|computer vision|nlp|research)\b"),
        ("ml_manager", "manager/ml", 0.95, rf"\bengineering manager\b.*\b({_AI}|{_ML})\b|"
         rf"\b({_AI}|{_ML}|data science|data scientist|computer vision|nlp|applied science)\b.*"
         rf"\b(engineering manager|manager|director|head)\b|\bhead of ({_AI}|{_ML})$|\bchief (ai|data|scientist)"),
        ("software_engineer", "manager/engineering", 0.8, r"\b(engineering manager|manager,? (of )?(software )?engineering|"
         r"(head|director|vp) of engineering|cto|engineering lead)\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.9,
         rf"\b(robot\w*|autonom\w*|slam|motion planning|self-driving|perception|state estimation|localization)\b.*\b({_ENGINEER}|scientist)\b|"
         rf"\b{_ENGINEER}\b.*\b(robotics (software|perception|learning)|autonomy|slam|motion planning|perception|behavior planning)\b"),
        ("computer_vision_engineer", "engineer/vision", 0.95,
         rf"\bcomputer vision\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(computer vision|cv)\b"),
        ("research_engineer", "research/engineer", 0.95,
         rf"\b(research (software )?engineer\w*|research and development engineer)\b|\b{_ENGINEER}\b.*\bresearch\b.*\b({_AI}|{_ML})\b"),
        ("other_technical", "science/other", 0.9, r"\b(scientist|researcher)\b.*\b(chem\w*|biolog\w*|physics|materials|clinical|"
         r"genom\w*|protein|pharma\w*|market|user|ux|immunolog\w*|assay|formulation|neuro\w*)\b|"
         r"\b(ux|user|market|clinical|chem\w*|biolog\w*|security|materials|policy|legal) (researcher|scientist|research)\b"),
        ("data_scientist", "data/science", 0.95, rf"\b{_DATA_SCIENCE}\b"),
        ("research_scientist", "research/scientist", 0.95,
         rf"\b(research scientist|applied scientist|researchers?|research (resident|fellow|intern|lead|associate)|"
         rf"scientist,? ({_AI}|{_ML})|({_AI}|{_ML}|nlp|applied|staff|senior|principal) ([a-z/]+ )?scientist|scientist)\b"),
        ("analytics_engineer", "data/analytics", 0.95, r"\banalytics engineer\w*\b|\bbi\b.{0,14}\bengineer\b|\bbusiness intelligence (engineer|developer)\b"),
        ("data_engineer", "data/engineer", 0.95,
         rf"\bdata (platform |infrastructure |pipeline |warehouse |software |integration )?({_ENGINEER}|lead)\b|\b{_ENGINEER}\b.*"
         rf"\bdata (platforms?|infrastructure|engineering|pipelines?|ingestion|warehouse)\b|\betl developer\b|\bdatabase engineer\b"),
        ("mlops_engineer", "engineer/mlops", 0.95,
         rf"\b(mlops|llmops|ml ops|aiops|machine learning operations)\b|"
         rf"\b({_AI}|{_ML}|model|training)\b[ ,-]*.{{0,14}}\b{_INFRA}\b.*\b({_ENGINEER}|sre)\b|"
         rf"\b({_ENGINEER}|sre)\b.*\b({_AI}|{_ML}|model|training|managed ai)\b[ ,-]*.{{0,14}}\b{_INFRA}\b|"
         rf"\b(infrastructure|platform|systems|inference|performance|reliability|gpu|kernel)\b.*\b{_ENGINEER}\b.*\b({_AI}|{_ML})\b|"
         rf"\binference\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(inference|managed ai|gpu (kernels?|performance))\b"),
        ("nlp_engineer", "engineer/language", 0.9, rf"\b(nlp|natural language|speech|linguist\w*)\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(nlp|speech|natural language)\b"),
        ("ai_engineer", "engineer/ai", 0.9, r"\b(ai|llm|gen ?ai|agents?) engineers?( [-–—]|,|\|)"),
        ("ml_engineer", "engineer/ml", 0.95, rf"\b{_ML}\b.*\b({_ENGINEER}|scientist)\b|\b{_ENGINEER}\b.*\b{_ML}\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER}\b.*\b(security for ai|ai (cloud|gateway)|general / ai)|\bfull[- ]?stack developer\b.*\brobotics"),
        ("other_technical", "engineer/test-or-support", 0.85, r"\b(sales|solutions?|support|customer|field|implementation|partner) engineer\w*\b|^\W*((senior|lead|founding|principal|staff) )*solutions? architects?\b"),
        ("ai_engineer", "engineer/ai", 0.9, rf"\b{_AI}\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b({_AI}|applied ai)\b|\bprompt engineer"),
        ("other_technical", "engineer/other", 0.85, rf"\b{_TECHNICAL}\b.*\b({_ENGINEER}|technician|lead|manager|specialist|architect)\b|"
         rf"\b{_ENGINEER}\b.*\b(security|hardware|firmware|mechanical|electrical|manufacturing|piping|test|satellite|spacecraft|avionics)\b"),
        ("software_engineer", "engineer/software", 0.85,
         rf"\b(software|backend|back[- ]end|frontend|front[- ]end|full[- ]?stack|web|mobile|ios|android|platform|devops|"
         rf"site reliability|cloud|infrastructure|blockchain|solidity|smart contract|python|java|golang|go|rust|react|"
         rf"product|founding|application|api|systems?|distributed|graphics|game\w*|c\+\+|\.net|ruby|node\S*|engineering|unity|unreal|tools?|growth|core|"
         rf"staff|senior|lead|principal|junior)\b.*\b{_ENGINEER}\b|\b(sre|sdet|swe)\b|\btech(nical)? lead\b"),
        ("data_analyst", "data/analyst", 0.9, r"\b(data|product|business intelligence|bi|analytics|insights|marketing|reporting) analyst\w*\b|"
         r"\banalyst,? (data|analytics|product|insights)\b|\bbusiness analytics\b|\bdata (specialist|annotator|labell?er)\b|\banalytics (manager|lead)\b|\bhead of (data|analytics)\b"),
        ("ml_engineer", "student/ml", 0.7, rf"\b{_ML}\b.*\b{_STUDENT}\b|\b{_STUDENT}\b.*\b{_ML}\b"),
        ("ai_engineer", "student/ai", 0.6, rf"\b(ai|llms?|gen ?ai) {_STUDENT}\b|\b{_STUDENT},? (in )?(ai|llms?|gen ?ai)\b"),
        ("other", "business", 0.85, rf"\b{_BUSINESS}\b"),
        ("other_technical", "technical", 0.8, rf"\b{_TECHNICAL}\b"),
        ("software_engineer", "engineer/plain", 0.75, rf"\b{_ENGINEER}\b"),
        ("other", "business/lead", 0.6, r"\b(manager|director|head|lead|specialist|associate|analyst|intern|representative|advisor|officer)\b"),
    )
)  # fmt: skip
