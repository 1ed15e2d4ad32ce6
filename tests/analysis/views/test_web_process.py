"""Pages show rows that workers counted: a web process loads no numpy, scipy or pandas, which would cost it seconds and memory.

Nor what writes other programs' formats: that is loaded when somebody asks for one.
"""

import subprocess
import sys

PROGRAM = """
import sys
import django
django.setup()
from django.urls import reverse
reverse("home")
print([name for name in ("numpy", "scipy", "pandas", "pyarrow", "xlsxwriter", "pyreadstat", "typst", "docx", "fontTools") if name in sys.modules])
"""


def test_the_addresses_of_all_pages_load_without_the_statistics() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True,
                          env={"DELPHI_MODE": "test", "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings", "PATH": ""})
    assert done.stdout.strip() == "[]", done.stderr
