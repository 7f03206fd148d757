"""Addresses of the room `polls`."""

from django.urls import path

from polls.views import asides, desk, ledger, lots, organising, paper, practising, results, roll, standing, voting

app_name = "polls"
urlpatterns = [
    path("", voting.poll_list, name="list"),
    path("practice/", practising.practice, name="practice_first"),
    path("practice/<str:kind>/", practising.practice, name="practice"),
    path("new/<slug:slug>/", organising.create, name="create"),
    path("<int:poll_id>/", voting.poll_page, name="poll"),
    path("<int:poll_id>/vote/", voting.vote, name="vote"),
    path("<int:poll_id>/results/", results.results_page, name="results"),
    path("<int:poll_id>/results/live/", results.results_live, name="results_live"),
    path("<int:poll_id>/results.csv", results.results_csv, name="results_csv"),
    path("<int:poll_id>/receipts.csv", results.receipts_csv, name="receipts_csv"),
    path("<int:poll_id>/ledger/", ledger.ledger_page, name="ledger"),
    path("<int:poll_id>/ledger.jsonl", ledger.ledger_lines, name="ledger_lines"),
    path("<int:poll_id>/package.zip", ledger.package_zip, name="package_zip"),
    path("<int:poll_id>/observers.zip", ledger.observers_zip, name="observers_zip"),
    path("<int:poll_id>/package/<str:name>", ledger.package_file, name="package_file"),
    path("<int:poll_id>/asides/", asides.asides, name="asides"),
    path("<int:poll_id>/asides/<int:proposal_id>/", asides.decide, name="decide_aside"),
    path("<int:poll_id>/qr.svg", results.qr, name="qr"),
    path("<int:poll_id>/paper/", paper.bundles, name="paper"),
    path("<int:poll_id>/paper/sheet/", paper.sheet, name="paper_sheet"),
    path("<int:poll_id>/paper/<int:number>/", paper.bundle, name="bundle"),
    path("<int:poll_id>/paper/<int:number>/strips/", paper.strips, name="strips"),
    path("<int:poll_id>/paper/<int:number>/put-in/", paper.put_in, name="bundle_put_in"),
    path("<int:poll_id>/paper/<int:number>/restart/", paper.restart, name="bundle_restart"),
    path("<int:poll_id>/desk/", desk.desk, name="desk"),
    path("<int:poll_id>/edit/", organising.edit, name="edit"),
    path("<int:poll_id>/correct/", organising.correct, name="correct"),
    path("<int:poll_id>/lot/", lots.lot, name="lot"),
    path("<int:poll_id>/publish/", organising.publish, name="publish"),
    path("<int:poll_id>/roll/", roll.roll, name="roll"),
    path("<int:poll_id>/roll/strike/", roll.strike, name="roll_strike"),
    path("<int:poll_id>/roll/slips/", roll.slips, name="slips"),
    path("<int:poll_id>/roll/answer/", roll.answer, name="roll_answer"),
    path("<int:poll_id>/roll/object/", standing.object_, name="roll_object"),
    path("<int:poll_id>/roll/remind/", roll.remind, name="remind"),
    path("<int:poll_id>/code/", standing.code, name="code"),
    path("<int:poll_id>/may-i-vote/", standing.may_vote, name="may_vote"),
]
