"""The action plan: lists, one action, objectives."""

from django.urls import path

from ..views import money, plan, plan_action, plan_calendar, plan_objectives, plan_paper, plan_steps

PLAN = [
    path("plan/", plan.actions, name="plan"),
    path("plan/mine/", plan.mine, name="plan-mine"),
    path("plan/by-state/", plan.board, name="plan-board"),
    path("plan/time/", plan.time_line, name="plan-time"),
    path("plan/action-plan.<str:ending>", plan_paper.plan_file, name="plan-file"),
    path("plan/new/", plan_action.new, name="action-new"),
    path("plan/steps/", plan_objectives.chain, name="plan-chain"),
    path("plan/objectives/", plan_objectives.objectives, name="objectives"),
    path("plan/objectives/new/", plan_objectives.objective_new, name="objective-new"),
    path("plan/objectives/<uuid:key>/", plan_objectives.objective_change, name="objective-change"),
    path("plan/objectives/<uuid:key>/end/", plan_objectives.objective_end, name="objective-end"),
    path("plan/priorities/new/", plan_objectives.priority_new, name="priority-new"),
    path("plan/priorities/<uuid:key>/", plan_objectives.priority_change, name="priority-change"),
    path("actions/<uuid:key>/", plan_action.action, name="action"),
    path("actions/<uuid:key>/answer/", plan_action.answer, name="action-answer"),
    path("actions/<uuid:key>/change/", plan_action.change, name="action-change"),
    path("actions/<uuid:key>/date/", plan_action.redate, name="action-redate"),
    path("actions/<uuid:key>/done/", plan_action.done, name="action-done"),
    path("actions/<uuid:key>/drop/", plan_action.drop, name="action-drop"),
    path("actions/<uuid:key>/note/", plan_steps.note, name="action-note"),
    path("actions/<uuid:key>/milestone/", plan_steps.milestone_new, name="milestone-new"),
    path("actions/<uuid:key>/waits/", plan_steps.wait_new, name="action-wait"),
    path("actions/<uuid:key>/waits/<int:pk>/", plan_steps.wait_end, name="action-wait-end"),
    path("actions/<uuid:key>/files/", plan_steps.file_new, name="action-file"),
    path("actions/<uuid:key>/files/<uuid:file>/", plan_steps.file, name="action-file-read"),
    path("milestones/<uuid:key>/", plan_steps.milestone_change, name="milestone"),
    path("milestones/<uuid:key>/reached/", plan_steps.milestone_reached, name="milestone-reached"),
    path("money/", money.money, name="money"),
    path("money/new/", money.resource_new, name="resource-new"),
    path("money/<int:year>.xlsx", money.money_file, name="money-file"),
    path("money/<uuid:key>/", money.resource_change, name="resource"),
    path("money/<uuid:key>/remove/", money.resource_remove, name="resource-remove"),
    path("calendar/", plan_calendar.calendar, name="plan-calendar"),
    path("calendar/end/", plan_calendar.calendar_end, name="plan-calendar-end"),
    path("calendar/<str:secret>.ics", plan_calendar.feed, name="calendar-feed"),
]
