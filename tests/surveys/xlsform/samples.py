"""Whole forms as people write them, cell by cell: one in the manner of ODK, one as KoboToolbox exports its own."""

from tests.surveys.xlsform.forms import Rows, workbook

ODK_SURVEY: Rows = [
    ["type", "name", "label::English (en)", "label::한국어 (ko)", "hint::English (en)", "required", "relevant", "constraint", "appearance", "parameters"],
    ["start", "start"],
    ["today", "today"],
    ["deviceid", "deviceid"],
    ["note", "welcome", "Please answer as an expert.", "전문가로서 답해 주십시오."],
    ["begin_group", "threats", "Threats", "위협"],
    ["select_one likelihood", "blockade", "A strait is blocked within five years.", "5년 안에 해협이 봉쇄된다.", "Any strait in the region.", "yes"],
    ["integer", "warning", "How many days of warning would there be?", "경고 기간은 며칠이겠습니까?", None, None, "${blockade} >= 3", ". >= 0 and . <= 365"],
    ["select_multiple means", "means", "Which means would be used?", "어떤 수단이 쓰이겠습니까?", None, None, None, "count-selected(.) <= 2"],
    ["text", "cyber", "Against which networks?", "어느 망에 대해서입니까?", None, None, "selected(${means}, 'cyber')"],
    ["end_group"],
    ["begin_group", "roles", "How much should each ally do?", "동맹국은 각각 얼마나 해야 합니까?", None, None, None, None, "table-list"],
    ["select_one likelihood", "japan", "Japan", "일본"],
    ["select_one likelihood", "korea", "South Korea", "대한민국"],
    ["end_group"],
    ["rank means", "order", "Rank the means, most urgent first.", "시급한 순서대로 수단의 순위를 매기십시오."],
    ["range", "sure", "How sure are you?", "얼마나 확신하십니까?", None, None, None, None, None, "start=0 end=10 step=1"],
    ["geopoint", "place", "Where are you?", "어디에 계십니까?"],
]
ODK_CHOICES: Rows = [
    ["list_name", "name", "label::English (en)", "label::한국어 (ko)"],
    ["likelihood", 1, "Very unlikely", "매우 낮음"], ["likelihood", 2, "Unlikely", "낮음"], ["likelihood", 3, "Likely", "높음"],
    ["likelihood", 4, "Very likely", "매우 높음"], ["likelihood", 99, "I can't say", "모르겠음"],
    ["means", "cyber", "Cyber operations", "사이버 작전"], ["means", "militia", "Maritime militia", "해상 민병대"], ["means", "missiles", "Missiles", "미사일"],
]
ODK_SETTINGS: Rows = [["form_title", "form_id", "version", "default_language"], ["Threats in the region", "region_threats", 20270301, "English (en)"]]
ODK = workbook(ODK_SURVEY, ODK_CHOICES, ODK_SETTINGS)

KOBO_SURVEY: Rows = [
    ["type", "name", "$kuid", "label", "required", "kobo--score-choices", "kobo--rank-items", "kobo--matrix_list", "_or_other", "$autoname"],
    ["select_one yesno", "linked", "a1b2", "Are the two theatres linked?", "true", None, None, None, "false", "linked"],
    ["begin_score", "grave", "c3d4", "How grave would each be?", "false", "grave_choices"],
    ["score__row", "blockade", "e5f6", "A blockade", "true"],
    ["score__row", "invasion", "g7h8", "An invasion", "true"],
    ["end_score"],
    ["begin_rank", "urgent", "i9j0", "What is most urgent?", "false", None, "tasks"],
    ["rank__level", "first", "k1l2", "1st choice"],
    ["rank__level", "second", "m3n4", "2nd choice"],
    ["end_rank"],
    ["begin_kobomatrix", "who", "o5p6", "Who should do what?", None, None, None, "tasks"],
    ["select_one grave_choices", "now", "q7r8", "Now"],
    ["select_one grave_choices", "later", "s9t0", "In five years"],
    ["end_kobomatrix"],
    ["acknowledge", "consent", "u1v2", "I agree to take part."],
]
KOBO_CHOICES: Rows = [
    ["list_name", "name", "label", "$autovalue"],
    ["yesno", "yes", "Yes"], ["yesno", "no", "No"],
    ["grave_choices", "little", "A little"], ["grave_choices", "rather", "Rather"], ["grave_choices", "very", "Very"],
    ["tasks", "isr", "Reconnaissance"], ["tasks", "mobility", "Mobility"],
]
KOBO = workbook(KOBO_SURVEY, KOBO_CHOICES, [["id_string", "form_title", "style"], ["aXy7Q", "Two theatres", "theme-grid no-text-transform"]])
