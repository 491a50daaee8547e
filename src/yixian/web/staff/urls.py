"""Addresses of the staff pages. Who may ask for each stands in `yixian.config.access_matrix`."""

from __future__ import annotations

from django.urls import include, path, re_path

from yixian.web.staff import (
    accounts,
    areas,
    bodies,
    division,
    home,
    household,
    household_list,
    imports,
    jobs,
    pairing,
    policies,
    system,
    users,
)

app_name = "staff"

urlpatterns = [
    path("", home.home, name="home"),
    path("households/", household_list.household_list, name="households"),
    re_path(
        r"^households/export\.(?P<file_format>xlsx|csv)$",
        household_list.household_export,
        name="household_export",
    ),
    path("households/<int:household_id>/", household.household_page, name="household"),
    path("households/<int:household_id>/card/", household.household_card, name="household_card"),
    path("households/<int:household_id>/split/", division.household_split, name="household_split"),
    path("households/<int:household_id>/merge/", division.household_merge, name="household_merge"),
    path("areas/", areas.area_list, name="areas"),
    path("areas/<int:area_id>/", areas.area_page, name="area"),
    path("areas/<int:area_id>/code/", areas.area_code, name="area_code"),
    path("bodies/", bodies.body_list, name="bodies"),
    path("bodies/<int:body_id>/", bodies.body_page, name="body"),
    path("helpers/<int:helper_id>/", bodies.helper_page, name="helper"),
    path("accounts/", accounts.accounts_page, name="accounts"),
    path("accounts/reckon/", accounts.reckon, name="reckon"),
    path("accounts/withheld/", accounts.withheld_list, name="withheld"),
    path("pairing/", pairing.pairing_page, name="pairing"),
    path("pairing/solve/", pairing.solve, name="pairing_solve"),
    path("policies/", policies.policy_list, name="policies"),
    path("policies/<int:pack_version_id>/", policies.policy_page, name="policy"),
    path("policies/<int:pack_version_id>/prices/", policies.policy_prices, name="policy_prices"),
    path("policies/<int:pack_version_id>/propose/", policies.policy_propose, name="policy_propose"),
    path("adoptions/<int:adoption_id>/approve/", policies.adoption_approve, name="adoption_approve"),
    path("quizzes/", include("yixian.web.quizzes.urls")),
    path("imports/", imports.import_list, name="imports"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/export/", imports.export_start, name="export"),
    path("imports/export/<int:job_id>.xlsx", imports.export_file, name="export_file"),
    path("imports/<int:batch_id>/", imports.import_page, name="import"),
    path("imports/<int:batch_id>/report.xlsx", imports.import_report, name="import_report"),
    path("imports/<int:batch_id>/commit/", imports.import_commit, name="import_commit"),
    path("imports/<int:batch_id>/discard/", imports.import_discard, name="import_discard"),
    path("jobs/", system.job_list, name="jobs"),
    path("jobs/<int:job_id>/", jobs.job_page, name="job"),
    path("jobs/<int:job_id>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("users/", users.user_list, name="users"),
    path("users/new/", users.user_new, name="user_new"),
    path("users/<int:user_id>/", users.user_page, name="user"),
    path("users/<int:user_id>/password/", users.user_password, name="user_password"),
    path("users/<int:user_id>/active/", users.user_active, name="user_active"),
    path("users/<int:user_id>/grants/", users.grant_new, name="grant_new"),
    path("users/<int:user_id>/grants/<int:grant_id>/end/", users.grant_end, name="grant_end"),
    path("system/", system.system_page, name="system"),
]
