"""What no data can say and authors must: ethics, funding, conflicts of interest, who took part in what."""

from django.utils.translation import gettext as _

from analysis.report.document import Section, ToWrite
from analysis.report.material import Material


def authors(material: Material) -> Section:
    return Section("authors", _("Statements of the authors"), (), (
        Section("authors-discussion", _("Discussion and limits"), (
            ToWrite(_("What the findings mean for policy, what speaks against them, and what this study could not see: "
                      "who was not asked, who left, what was not put into questions.")),)),
        Section("authors-ethics", _("Ethics and consent"), (
            ToWrite(_("Which body approved the study, or why none had to, and how experts agreed to take part.")),)),
        Section("authors-funding", _("Funding and interests"), (
            ToWrite(_("Who paid for the study and what part they had in it, "
                      "and name all interests that authors, organizers and steering group have in its outcome.")),)),
        Section("authors-contributions", _("Who did what"), (
            ToWrite(_("Who designed the study, wrote the questions, chose the experts, moderated, analysed and wrote; "
                      "and whether any of them also answered.")),)),
        Section("authors-registration", _("Registration and data"), (
            ToWrite(_("Where the study was registered, where its files can be had, and under which licence.")),)),
    ))
