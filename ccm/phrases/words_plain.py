"""Plain English of notes: time, number, plan, doubt, question and filler words; tables for the lexicon."""

from __future__ import annotations


def numbered(words: str, *, start: int, step: int = 1) -> dict[str, int]:
    """Spellings of rising numbers, a bar between one number and the next."""
    return {word: start + step * place for place, group in enumerate(words.split("|")) for word in group.split()}


MINUTES = (
    "m min mins minute minutes mn mns mnts minuts minuets mintues miuntes minues minuites minites minite minutues "
    "minuters mintes minuted "
    "mims mintue minut minuite mim minits minuest munutes minutess"
)
HOURS = "h hr hrs hour hours hrs. houer huor hous"
SECONDS = "s sec secs second seconds"
WEEKDAYS = numbered(
    "mon monday mondays monday's | tue tues tuesday tuesday's | wed weds wednesday wensday wednsday wednesday's | "
    "thu thur thurs thursday thursday's | fri friday friday's | sat saturday saturday's | sun sunday sunday's",
    start=0,
)
MONTHS = numbered(
    "jan january | feb february | mar march | apr april | may | jun june | jul july | aug august | sep sept "
    "september | oct october | nov november | dec december",
    start=1,
)
NUMBERS = numbered(
    "zero | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve dozen | thirteen "
    "| fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty",
    start=0,
) | numbered("thirty | forty fourty | fifty | sixty | seventy | eighty | ninety", start=30, step=10)
ORDINALS = numbered(
    "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth | "
    "thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth | twentieth | "
    "twenty-first | twenty-second | twenty-third | twenty-fourth | twenty-fifth | twenty-sixth | twenty-seventh | "
    "twenty-eighth | twenty-ninth | thirtieth | thirty-first",
    start=1,
)
LOG = "log logged logging add added record note enter entered put charge bill billed document chart time minutes: track"
PLAN = (
    "will gonna need needs gotta should must plan plans planning planned want wants todo to-do remind reminder "
    "going shall i'll we'll she'll he'll they'll ill let's lets try hope hoping "
    "intend ought would could might supposed have has"
)
SAYS = "says said told tells mentioned claims claimed thinks thought reports reported states stated heard hears"
QUESTIONS = (
    "who who's whos what what's whats when where where's why how how's which does do did is are am can could "
    "should would has have was were any anyone "
    "anybody whose isn't doesn't"
)
FOREIGN = (
    "llamar llame llamada hable hablamos hablo con minutos manana ayer hoy para por sobre paciente uno "
    "medicamentos medicinas cita que su esta fue tiempo receta familia hija hijo "
    "hermana esposo esposa despues antes cuando gracias senora senor avec pour hier aujourd'hui demain appel "
    "appele patiente sur du mit gestern heute morgen minuten anruf angerufen patientin "
    "und ein eine ontem hoje amanha ligar liguei seu sua chiamare chiamato ieri oggi domani minuti tawag tumawag "
    "kahapon bukas rele avek pou gọi phut zvonila minut vchera zavtra mwen "
    "je j'ai nous vous ich habe wir telefoniert gesprochen parlato falei conversei hemos tengo revisar revise "
    "revisamos tuve llamo"
)
PRONOUNS = "her him he she hers his same herself himself"
ESTIMATES = (
    "about approx approximately around roughly abt circa ish est estimated approx. ~ probably prob maybe perhaps "
    "guess guessing think like close nearly"
)
BOUNDS = (
    "under over almost nearly least most less more than max maximum minimum upto up below above shy north south "
    "fewer barely plus closer"
)
VAGUE = "some few couple several bit while quick brief long bunch awhile lots ages forever chunk half most moment"
NEGATIONS = (
    "not don't dont didn't didnt won't wont never no isn't isnt wasn't wasnt haven't havent can't cant cannot "
    "couldn't couldnt without doesn't doesnt "
    "shouldn't shouldnt ain't aint nor neither hasn't hasnt aren't wouldn't wouldnt nothing nobody"
)
IDLE = (
    "commute lunch break traffic drove drive parking coffee bus train elevator gym shower meeting staff huddle "
    "potluck party weather movie game kids dog cat"
)
COMMON = (
    "a an the this that these those it its it's i me my mine we us our you your they them their there here at in "
    "on of to from by as or but so if then than "
    "too very just only also again still yet already ok okay yes yeah yep no nope hi hello hey thanks thank thx "
    "please pls plz lol ugh haha sorry whoops oops "
    "wow omg fyi asap am pm an be been being is are was were do does did done doing have has had having get gets "
    "got getting give gives gave given go goes "
    "went gone come comes came coming make makes made making take takes took taken taking keep kept let say see "
    "saw seen set put puts up down out off over "
    "under into onto back after before during until till til since between through thru because while when where "
    "who why how all any both each every either "
    "few many more most much other others another some such own same same-day well good bad better worse best "
    "great nice fine new old big small long short "
    "high low early late later earlier last next first second third past now today day days week weeks month "
    "months year years morning afternoon evening "
    "night noon midnight eod tonight yesterday yest yday time times hour end start started starting begin "
    "beginning stop stopped stopping total half quarter "
    "one ones way things thing stuff lot lots bit sort kind part rest left right home house work working works "
    "office desk line hold phone call called calls "
    "calling caller asked ask asking asks answer answered answering told tell telling talk talked talking talks "
    "spoke speak speaking spent spend spending "
    "reach reached review reviewed reviewing check checked checking help helped helping go going look looked "
    "looking went update updated updating send sent "
    "sending wrote write writing read reading follow followed following follow-up followup fu via per re about "
    "regarding sure ready able unable still "
    "really actually almost maybe perhaps wrong instead meant mean except plus minus mr mrs ms dr may will mark "
    "grant bill rich frank rose drew sharp bright "
    "hope faith joy grace art rush day days early winters summers friday sunday march april june "
    "august christmas holiday love page strong "
    "hardy walker foot hand head heart bone blood paine son cook ward chance "
    "crystal skip chip rob major stormy "
    "hunter post case field boxes box bag min men van von de la le del di da st al ii iii iv jr sr bye gone dear "
    "needed nothing something anything everything everyone everybody someone somebody people person man woman "
    "lady guy child children kid family "
    "because cuz bc okay afternoon eve sometime somewhat exactly precisely together separately split shared "
    "double triple "
    "entry entries log logs logged record records minutes minute timer clock watch correction correct fix change "
    "changed switch move moved undo delete "
    "remove cancel scratch erase void forget forgot never mind count counts counting want wanted wants needs need "
    "feeling feels felt feel seems seem like "
    "likes liked doing don doing tried try trying tries set up set-up setup eating eat ate sleeping sleep slept "
    "fell fall fallen broke broken hurt hurts hit "
    "lost found find finding show showed shows using use used uses bring brought buy bought pay paid run ran walk "
    "walked walks sit stand live lives living "
    "moved change turn turned turns open opened close closed closing wait waited waiting leave leaving left "
    "finish finished finally completed complete done "
    "cold hot warm numb sore sick tired weak dizzy upset worried anxious sad happy angry confused better stable "
    "steady normal fast slow quick brief daily "
    "weekly monthly nightly bid tid qid prn long-distance straight easy hard full empty half-hour extra "
    "additional misc other various multiple "
    "rash cough fever pain friend tv web site number birthday hung rang rung bedside supervisor manager coworker "
    "colleague "
    "twice once thrice whole entire middle portion piece side top bottom front door car truck street road avenue "
    "lane dose doses dosing word words hold holding "
    "pull pulled putting heads hear heard known know knows knew guess bet kept hit meet met join joined attended "
    "attend chat chatted texted pinged"
)
