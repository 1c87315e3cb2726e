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
        "oximeter glucometer meter cuff nebulizer test-strips pcp specialist specialists referral referrals referred "
        "ref hha dme snf hospice cards cardiology "
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
    "transition_of_care": (
        "discharge discharged d/c d/c'd dc'd dcd tcm toc hospital hosp hospitalized hospitalization inpatient er "
        "ed-visit readmission readmit admitted admission admit post-hosp post-op-stay transfer transferred"
    ),
    "lab_review": (
        "lab labs a1c hba1c hgba1c inr cbc bmp cmp lipid lipids tsh bnp ua ct mri xray x-ray x-rays xrays xr echo "
        "echocardiogram ekg ecg dexa ultrasound result results imaging bloodwork labwork psa gfr egfr hgb "
        "pathology biopsy culture creatinine cholesterol ldl holter scan urinalysis troponin"
    ),
    "education": (
        "salt teach teaching taught educate educated education edu ed educating counseling counselling counseled "
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
    "documentation": (
        "pre-visit previsit charting chart charted documentation documenting documented doc doc'd docs note notes "
        "paperwork form forms "
        "mailing mailed letter letters summary scan-in filing typed"
    ),
    "other": "billing bill complaint log-in login password locked copay demographics enrollment enroll consent",
    "patient_communication": (
        "tearful lonely loneliness memory confused confusion depressed depression vomiting insomnia sleepy chills "
        "bp-check symptom symptoms swelling swollen edema cough fever pain sob dizzy dizziness nausea rash numb sore "
        "sores "
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
_PAIRS: dict[str, str] = {
    "medication_management": (
        "med rec, med list, med recs, pill box, pill boxes, pill pack, side effects, side effect, blood thinner, "
        "insulin start"
    ),
    "lab_review": (
        "blood work, blood test, blood tests, sleep study, chest xray, chest x-ray, chest ct, bone scan, stress test"
    ),
    "patient_communication": ("blood pressure, blood sugar, call back, back pain"),
    "care_plan": ("care plan, care plans, plan of, plan update, action plan"),
    "care_coordination": (
        "care coord, care conference, care coordination, home health, home care, home aide, case manager, hearing "
        "aid, hearing aids, cardiac rehab, pulm rehab, pulmonary rehab, hospital bed, physical therapy, physical "
        "therapist, speech therapy, occupational therapy, pt referral, pt eval, pt ot, pt orders"
    ),
    "prior_auth": ("prior auth, prior auths, prior authorization"),
    "preventive_care": (
        "bone density, foot exam, eye exam, annual wellness, annual exam, wellness visit, fall risk, fall screen, "
        "fall screening, falls screening, falls screen, falls risk"
    ),
    "community_resources": (
        "food stamp, food stamps, food pantry, food bank, meals on, senior center, senior housing, electric bill, "
        "heating bill, heating assistance, power bill, water bill, gas bill, support group, adult day"
    ),
    "education": (
        "food labels, food label, food diary, foot care, self care, self management, self mgmt, low salt, low "
        "sodium, low carb"
    ),
    "documentation": ("chart review, chart prep, chart reviewed"),
    "transition_of_care": (
        "ed visit, ed follow-up, ed f/u, ed stay, ed followup, ed trip, ed discharge, ed dc, ed d/c, er visit, "
        "snf stay, snf discharge, snf d/c, snf to, snf admission, snf transfer, rehab to, rehab stay, rehab "
        "discharge, rehab d/c, rehab admission, rehab facility, rehab center, from rehab, from snf, from "
        "hospital, in rehab, post hospital, post discharge, post hosp"
    ),
    "other": ("log in"),
    "": ("on call, on hold"),
}


def _paired() -> dict[str, dict[str, str]]:
    pairs: dict[str, dict[str, str]] = {}
    for slug, listed in _PAIRS.items():
        for pair in listed.split(", "):
            first, second = pair.split()
            pairs.setdefault(first, {})[second] = slug
    return pairs


PAIRS = _paired()
"""First word, then second word, to slug; an empty slug says that the two together name nothing."""
_DRUG_ENDINGS = (
    "olol pril sartan statin dipine formin gliptin gliflozin glutide prazole azepam zolam cillin mycin "
    "floxacin cycline oxetine triptyline azole tidine semide thiazide xaban parin lukast terol asone profen "
    "coxib dronate pentin codone setron mab vir tinib sone zosin zide"
)
DRUG_ENDINGS = tuple(_DRUG_ENDINGS.split())
SLUGS: dict[str, str] = {word: slug for slug, words in _TOPICS.items() for word in words.split()}
STRONG = frozenset(_TOPICS) - {"documentation", "patient_communication", "other"}
