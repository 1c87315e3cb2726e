from tests.scenarios.office import Office
import time
def show(p, what, new=True):
    p._sandbox.wait_quiet(0.05)
    print("\n>>", what)
    for s in p.visible():
        if s.changed > p._seen_before:
            print("   |", s.surface, "|", s.text.replace("\n"," / "), "|", s.buttons)
    if p.errors: print("   ERR", p.errors)
def test_explore(office, nina):
    for line in ["/ccm log 12m med rec Jensen","/ccm log","/ccm edit","/ccm edit 25 min","/ccm edit wrong patient, it was Chen","/ccm log 0m Lopez","/ccm log 19.5 min med rec Lopez","/ccm log 61 min med rec Lopez","/ccm log 1000 min med rec Lopez","/ccm log 12m med rec Lopez tomorrow","/ccm log 12m med rec","/ccm log 12m med rec Smith","/ccm today","/ccm patient","/ccm patient Lopez","/ccm patient Jensen","/ccm patient Nobody","/ccm help","/ccm help log","/ccm lgo","/ccm log "+"x"*5000,"/ccm who is under 20?","/ccm start Lopez","/ccm log 12m med rec 555-12-1234 Lopez","/ccm patient "+office.code("Lopez"),"/ccm patient 004512","/ccm log 7m call "+office.code("Chen")]:
        t=time.time(); nina.types(line); show(nina, line[:80]+f"  {time.time()-t:.3f}")
        if nina.modal: nina.closes()
def test_explore_dm(office, nina):
    for line in ["make that 25","12 min med rec Lopez","make that 25","wrong patient, it was Chen","wrong patient, it was Jensen","that was yesterday","scratch that","12 min med rec Lopez and 5 min call w/ Jensen","what did I log today?","edit","log","help","hello there","that was 15 or 20 min","that was last week","undo","undo","patient Lopez","how many minutes does Jensen have?"]:
        nina.types(line); show(nina, line)
def test_explore_mention(office, nina):
    nina.mentions("log 5m call Lopez", in_="care-team"); show(nina,"not allowed")
    office.allows("C0CARETEAM"); nina.mentions("log 5m call Lopez", in_="care-team"); show(nina,"allowed, robo")
    office.slack.leave("robo","care-team"); office.bot.gate._channels.clear(); nina.mentions("log 5m call Lopez", in_="care-team"); show(nina,"allowed")
def test_explore_modal(office, nina):
    nina.types("/ccm"); show(nina,"/ccm")
    nina.fills(Minutes="12"); nina.chooses("Patient", office.code("Lopez"), typed="lop"); nina.submits(); show(nina,"submitted")
    nina.clicks("Edit"); show(nina,"edit"); nina.fills(Minutes="61"); nina.submits(); show(nina,"61"); 
    if nina.modal: print(nina.field_errors)
    nina.chooses("confirm","Yes, the minutes are right"); nina.submits(); show(nina,"61 ok")
    nina.opens_home(); show(nina, "home")
