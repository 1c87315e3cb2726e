"""Which words name which activity (`activities.md`): single words, pairs of words, and how drug names end."""

from __future__ import annotations

_TOPICS: dict[str, str] = {
    "medication_management": (
        "med meds medicine medicines medication medications refill refills refilled refilling rf rfl rx rxs "
        "prescription prescriptions script scripts pharmacy pharm pharmacist pharmacies insulin "
        "dose doses dosing dosage titration titrate titrated adherence e-scribe escribe formulary mtm pill pills "
        "pillbox pillboxes blister inhaler inhalers nebulizer-meds samples side-effects antibiotic "
        "antibiotics abx statin statins coumadin warfarin eliquis xarelto metformin lasix furosemide bumex "
        "torsemide ozempic trulicity jardiance farxiga entresto plavix aspirin asa hctz prednisone "
        "gabapentin tylenol lantus humalog novolog levemir tresiva tresiba basaglar mounjaro januvia glipizide "
        "synthroid levothyroxine amlodipine norvasc coreg digoxin amiodarone spironolactone "
        "aldactone potassium-chloride zoloft sertraline lexapro cymbalta trazodone albuterol symbicort advair "
        "spiriva trelegy opioid opioids narcan oxycodone tramadol hydrocodone patches reconcile "
        "reconciliation reconciled polypharmacy otc med-rec medrec beers deprescribing diuretic diuretics nitro "
        "nitroglycerin allopurinol colchicine donepezil aricept memantine tamsulosin flomax "
        "keppra dilantin lithium wegovy victoza bydureon repatha praluent zetia fosamax prolia heparin lovenox "
        "enoxaparin apixaban rivaroxaban"
    ),
    "care_plan": "cp poc careplan care-plan goals goal",
    "care_coordination": (
        "pcp specialist specialists referral referrals referred ref hha dme snf hospice cards cardiology "
        "cardiologist endo endocrine endocrinology endocrinologist nephro nephrology nephrologist pulm "
        "pulmonology pulmonologist gi ortho orthopedics neuro neurology neurologist derm dermatology onc oncology "
        "oncologist surgeon podiatry podiatrist urology urologist psych psychiatry psychiatrist vascular "
        "rheum rheumatology wound-clinic payer insurance insurer humana aetna uhc cigna medicaid appeal appeals "
        "fax faxed faxing records equipment walker wheelchair cpap bipap oxygen o2-setup scooter commode "
        "concentrator "
        "hoyer lift brace hearing-aid coordination coordinate coordinated coordinating coord conference agency "
        "agencies aide supplier supplies vendor auth authorization prior-auth huddle therapist "
        "therapy pt-eval ot-eval audiology dialysis rehab consult adult-daycare homecare home-health ambulance "
        "case-manager cm nurse-line apria lincare lymphedema orders strips-order catheter ostomy vna"
    ),
    "transition_of_care": "discharge discharged d/c d/c'd dc'd dcd tcm toc hospital hosp hospitalized hospitalization inpatient er ed-visit readmission readmit admitted admission admit post-hosp post-op-stay transfer transferred",
    "lab_review": (
        "lab labs a1c hba1c hgba1c inr cbc bmp cmp lipid lipids tsh bnp ua ct mri xray x-ray x-rays xrays xr echo "
        "echocardiogram ekg ecg dexa ultrasound result results imaging bloodwork labwork psa gfr egfr hgb "
        "pathology biopsy culture creatinine cholesterol ldl holter scan urinalysis troponin"
    ),
    "education": (
        "teach teaching taught educate educated education edu ed educating counseling counselling counseled "
        "counselled counsel coaching coached coach technique diet dietary nutrition nutritional foot-care class "
        "classes smoking "
        "cessation teach-back teachback self-management self-mgmt instruct instructed instruction instructions "
        "sodium low-salt low-sodium carb carbs carb-counting zones dietitian dietician handout labels "
        "demonstrated demo"
    ),
    "preventive_care": (
        "flu vaccine vaccines vaccination vax covid shingles shingrix pneumonia-shot pneumovax prevnar tdap rsv "
        "shot shots mammogram mammo colonoscopy cologuard colo awv wellness screening screenings screen "
        "preventive gap gaps "
        "immunization immunizations booster bone-density fit-kit pap annual fall-risk"
    ),
    "community_resources": (
        "ride rides transport transportation mow pantry housing snap utility utilities sdoh shelter section-8 "
        "meals-on-wheels lyft uber paratransit foodbank food-bank food-stamps liheap "
        "rent eviction senior-center taxi van-ride medicab"
    ),
    "documentation": "charting chart charted documentation documenting documented doc doc'd docs note notes paperwork form forms mailing mailed letter letters summary scan-in filing typed",
    "other": "billing bill complaint log-in login password locked copay demographics enrollment enroll consent",
    "patient_communication": (
        "symptom symptoms swelling swollen edema cough fever pain sob dizzy dizziness nausea rash numb sore sores "
        "fell fall falls fatigue tired headache constipation diarrhea bp sugar sugars glucose "
        "weight wt spo2 sats mood anxious anxiety lonely sleep eating appetite knee ankle temp temperature chills "
        "congestion cramps itchy itching breathing wheeze wheezing bruise bruising"
    ),
}
CHANNELS = (
    "tc tct call calls called calling phone phoned spoke talk talked vm vms voicemail voicemails lvm lm lmtcb "
    "lmom portal mychart message messages messaged msg msgs check-in checkin check-ins f/u text texted texting "
    "email emailed "
    "rang hung outreach follow-up followup chat chatted line monthly callback call-back rcb cb left tel reached utr"
)
PAIRS: dict[str, dict[str, str]] = {
    "med": {"rec": "medication_management", "list": "medication_management", "recs": "medication_management"},
    "pill": {"box": "medication_management", "boxes": "medication_management", "pack": "medication_management"},
    "side": {"effects": "medication_management", "effect": "medication_management"},
    "blood": {"thinner": "medication_management", "work": "lab_review", "pressure": "patient_communication", "test": "lab_review", "tests": "lab_review", "sugar": "patient_communication"},
    "care": {"plan": "care_plan", "plans": "care_plan", "coord": "care_coordination", "conference": "care_coordination", "coordination": "care_coordination"},
    "plan": {"of": "care_plan", "update": "care_plan"},
    "action": {"plan": "care_plan"},
    "prior": {"auth": "prior_auth", "auths": "prior_auth", "authorization": "prior_auth"},
    "home": {"health": "care_coordination", "care": "care_coordination", "aide": "care_coordination"},
    "case": {"manager": "care_coordination"},
    "hearing": {"aid": "care_coordination", "aids": "care_coordination"},
    "cardiac": {"rehab": "care_coordination"},
    "pulm": {"rehab": "care_coordination"},
    "pulmonary": {"rehab": "care_coordination"},
    "sleep": {"study": "lab_review"},
    "chest": {"xray": "lab_review", "x-ray": "lab_review", "ct": "lab_review"},
    "bone": {"density": "preventive_care", "scan": "lab_review"},
    "stress": {"test": "lab_review"},
    "food": {"stamp": "community_resources", "stamps": "community_resources", "pantry": "community_resources", "bank": "community_resources", "labels": "education", "label": "education", "diary": "education"},
    "meals": {"on": "community_resources"},
    "senior": {"center": "community_resources", "housing": "community_resources"},
    "electric": {"bill": "community_resources"},
    "heating": {"bill": "community_resources", "assistance": "community_resources"},
    "power": {"bill": "community_resources"},
    "water": {"bill": "community_resources"},
    "gas": {"bill": "community_resources"},
    "foot": {"care": "education", "exam": "preventive_care"},
    "self": {"care": "education", "management": "education", "mgmt": "education"},
    "low": {"salt": "education", "sodium": "education", "carb": "education"},
    "eye": {"exam": "preventive_care"},
    "annual": {"wellness": "preventive_care", "exam": "preventive_care"},
    "wellness": {"visit": "preventive_care"},
    "fall": {"risk": "preventive_care", "screen": "preventive_care", "screening": "preventive_care"},
    "falls": {"screening": "preventive_care", "screen": "preventive_care", "risk": "preventive_care"},
    "chart": {"review": "documentation", "prep": "documentation", "reviewed": "documentation"},
    "ed": {"visit": "transition_of_care", "follow-up": "transition_of_care", "f/u": "transition_of_care", "stay": "transition_of_care", "followup": "transition_of_care", "trip": "transition_of_care", "discharge": "transition_of_care", "dc": "transition_of_care", "d/c": "transition_of_care"},
    "er": {"visit": "transition_of_care"},
    "snf": {"stay": "transition_of_care", "discharge": "transition_of_care", "d/c": "transition_of_care", "to": "transition_of_care", "admission": "transition_of_care", "transfer": "transition_of_care"},
    "rehab": {"to": "transition_of_care", "stay": "transition_of_care", "discharge": "transition_of_care", "d/c": "transition_of_care", "admission": "transition_of_care", "facility": "transition_of_care", "center": "transition_of_care"},
    "from": {"rehab": "transition_of_care", "snf": "transition_of_care", "hospital": "transition_of_care"},
    "in": {"rehab": "transition_of_care"},
    "post": {"hospital": "transition_of_care", "discharge": "transition_of_care", "hosp": "transition_of_care"},
    "hospital": {"bed": "care_coordination"},
    "physical": {"therapy": "care_coordination", "therapist": "care_coordination"},
    "speech": {"therapy": "care_coordination"},
    "occupational": {"therapy": "care_coordination"},
    "pt": {"referral": "care_coordination", "eval": "care_coordination", "ot": "care_coordination", "orders": "care_coordination"},
    "insulin": {"start": "medication_management"},
    "log": {"in": "other"},
    "on": {"call": "", "hold": ""},
    "call": {"back": "patient_communication"},
    "back": {"pain": "patient_communication"},
    "support": {"group": "community_resources"},
    "adult": {"day": "community_resources"},
}  # fmt: skip
DRUG_ENDINGS = (
    "olol", "pril", "sartan", "statin", "dipine", "formin", "gliptin", "gliflozin", "glutide", "prazole", "azepam", "zolam", "cillin", "mycin", "floxacin", "cycline", "oxetine", "triptyline",
    "azole", "tidine", "semide", "thiazide", "xaban", "parin", "lukast", "terol", "asone", "profen", "coxib", "dronate", "pentin", "codone", "setron", "mab", "vir", "tinib", "sone", "zosin", "zide",
)  # fmt: skip
SLUGS: dict[str, str] = {word: slug for slug, words in _TOPICS.items() for word in words.split()}
STRONG = frozenset(_TOPICS) - {"documentation", "patient_communication", "other"}
