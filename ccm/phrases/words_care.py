"""Words of care: units, readings, labels, kin, clinicians, places, work and events; tables for the lexicon."""

from __future__ import annotations

DOSES = (
    "mg mcg g gm gms gram grams ml cc u unit units tab tabs tablet tablets pill pills cap caps capsule capsules "
    "puff puffs drop drops gtt gtts meq iu l lpm "
    "liter liters litre litres mmhg mmol mg/dl bpm meqs % percent tsp tbsp teaspoon teaspoons patch patches spray "
    "sprays vial vials pen pens mgs doses kg kgs"
)
COUNTED = (
    "calls call attempts attempt tries try times x vms vm voicemails voicemail messages msgs msg visits lbs lb "
    "pound pounds oz ounces inches inch in ft feet steps pages "
    "pgs pg faxes fax refills refill days day week weeks wk wks month months mo mos year years yr yrs yo y/o "
    "yrs-old episodes falls fall pts pt patients patient forms form "
    "letters letter meds medications prescriptions scripts goals goal problems issues people agencies pharmacies "
    "places bottles strips boxes cans glasses "
    "cups servings carbs calories emails texts labs questions appts appointments referrals orders vaccines shots "
    "things nights hours/day blocks stairs "
    "flights pillows cigarettes packs pack ppd beers drinks meals stages degrees f c nd rd th st other "
    "more-visits specialists providers docs doctors "
    "notes entries rows items points pills/day wounds ulcers toes fingers kids sons daughters siblings"
)
MEASURES = (
    "bp bps b/p hr heartrate pulse p sat sats spo2 o2 o2sat o2sats bg bs bgs fsbs cbg glucose sugar sugars a1c "
    "hba1c hgba1c hga1c inr wt wts weight weights weighs weighed weighing "
    "temp t rr resp gfr egfr ldl hdl tg trig k na cr creat creatinine potassium sodium bnp tsh hgb hct psa ef "
    "fev1 peak flow phq phq-9 phq2 phq9 gad gad7 "
    "gad-9 score scored scores bmi ratio fasting fbs accucheck dexi pef mmse moca cholesterol bun wbc plt "
    "platelets ferritin vitd height ht "
    "averaging avg average systolic diastolic rates rate age aged"
)
LABELS = (
    "room rm apt suite ste ext extension # case ref auth claim icd icd10 icd-10 cpt hcpcs code codes dx level "
    "number num no nbr phone ph tel cell box po grade stage ckd nyha class type "
    "unit ticket confirmation conf order rx# invoice account acct policy id npi zip bed floor step phase part "
    "line item medicare"
)
KIN = (
    "dtr dtrs daughter daughters dau daughter's son sons son's wife wife's husband husband's hubby spouse sp "
    "sister sisters sis brother bro niece nephew mother mom mother's "
    "father dad aunt uncle cousin grandson granddaughter granddtr caregiver cg caregiver's poa hcp aide neighbor "
    "neighbour friend roommate partner fiance "
    "dil sil son-in-law daughter-in-law sister-in-law brother-in-law stepson stepdaughter guardian proxy fam "
    "family's grandchild grandchildren ex"
)
CLINICIANS = (
    "dr drs doctor doc md do np pa rn lpn nurse cna pharmd rph lcsw msw pcp cma provider therapist surgeon coworker"
)
PLACES = (
    "pharmacy pharm hospital hosp clinic center centre medical med-center street st ave avenue road rd drive "
    "health healthcare manor village haven pharmacies rehab "
    "house tower towers place court nursing care-center memorial general county university urgent hospice "
    "home-care labs lab imaging dialysis dme supply"
)
WORK = (
    "called call calls calling tc tct tel phoned phone rang rung ring spoke spk talked talk talking talks chatted "
    "chat reviewed rev'd revd rvwd review reviewing reviews updated update coordinated coord "
    "coordinating coordination discussed disc disc'd discuss discussing advised educated taught teach teaching "
    "instructed reinforced assisted helped sent faxed fax emailed messaged "
    "texted clarified confirmed arranged completed finished worked work working spent did went wrote charted "
    "charting documented reconciled reconciliation refilled ordered scheduled "
    "set checked check contacted contact reached lvm lm lmtcb lmom vm voicemail voicemails vms msg message "
    "messages portal mychart email outreach f/u followup follow-up follow followed visit visited "
    "met meeting counseled counseling coached prepped prep reading read faxing hung rcb cb oc ic answered "
    "returned left handled processed submitted requested looked got check-in checkin call-back callback "
    "resolved troubleshot sorted dealt tracked tracking hunting hunted paperwork trying tried getting fixing "
    "fixed calming calmed tidying going gone pulled pulling added entered sorting explaining explained "
    "listened listening dictated typed typing conference conferenced reconciling renewed renewing appeal appealed "
    "filled filling mailed mailing printed scanned chased chasing session consult consulted"
)
EVENTS = (
    "appt appts appointment appointments due from since until till til by dob born drawn discharged discharge d/c "
    "d/c'd dc'd dcd admitted admit admission surgery procedure fell fall started begins start next before after "
    "scheduled rescheduled r/s resched sched hospitalized transferred died seen returns dated expires exp expired "
    "effective eff collected checkup"
)
PATIENT_DOES = (
    "naps nap napped napping walks walked walking sleeps slept sleeping exercises exercised exercising rests "
    "rested resting rides rode bikes biked swims swam jogs jogged lasts "
    "lasted lasting soaks sits sat stands stood standing elevates waits jog treadmill hikes runs dizzy "
    "lightheaded cramps cramping episodes coughs coughed pain seizure bleed bled nosebleed "
    "bleeding palpitations faint fainted headache spell spells gardens gardening stretches does paces dances "
    "pedals watches"
)
LAB_NOUNS = (
    "lab labs a1c hba1c hgba1c inr cbc bmp cmp lipid lipids tsh bnp ua ct mri xray x-ray xr echo ekg ecg dexa "
    "ultrasound us scan result results bloodwork labwork psa gfr egfr "
    "hgb imaging pathology biopsy culture panel mammogram mammo colonoscopy stress potassium k+ glucose bp ldl bw"
)
