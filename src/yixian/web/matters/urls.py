"""诉求的地址, below ``/staff/matters/``. A matter is asked for by its number, which tells nothing."""

from django.urls import path

from yixian.web.matters import (
    attachments,
    find_field,
    formal_papers,
    hotline,
    letters,
    matter_list,
    matter_page,
    papers,
    refused_mails,
    several,
    step_pages,
    supervision_pages,
    taking_down,
    trend_page,
)

urlpatterns = [
    *matter_list.MATTERS.urls(""),
    several.SEVERAL.urls("several/"),
    path("papers/<int:paper_id>/", formal_papers.paper_page, name="formal_paper"),
    path("papers/<int:paper_id>.pdf", formal_papers.paper_print, name="formal_print"),
    *formal_papers.STEPS.urls("papers/<int:paper_id>/"),
    path("papers/new/<str:matter_no>/<str:kind>/", formal_papers.DRAFT.page, name="formal_draft"),
    *supervision_pages.ORDERS.urls("supervision/"),
    path("supervision/new/", supervision_pages.NEW.page, name="supervision_new"),
    path("supervision/<int:order_id>/", supervision_pages.order_page, name="supervision_order"),
    *supervision_pages.STEPS.urls("supervision/<int:order_id>/"),
    path("trends/", trend_page.trend_page, name="matter_trends"),
    path("new/", taking_down.take_down, name="matter_new"),
    path("new/letter/", letters.read_letter, name="matter_letter"),
    path("hotline/", hotline.hotline_list, name="matter_list"),
    path("hotline/template.xlsx", hotline.template, name="matter_list_template"),
    path("mails/", refused_mails.REFUSED.page, name="matter_mails"),
    path("find/", find_field.find, name="matter_find"),
    path("files/<int:file_id>/", attachments.attachment, name="matter_file"),
    path("<str:matter_no>/", matter_page.matter_page, name="matter"),
    path("<str:matter_no>/receipt/", taking_down.receipt, name="matter_receipt"),
    path("<str:matter_no>/receipt.pdf", papers.receipt_paper, name="matter_receipt_paper"),
    path("<str:matter_no>/opinions/<int:position>.pdf", papers.opinion_paper, name="matter_opinion"),
    step_pages.STEPS.url("<str:matter_no>/", "matter_step"),
]
