"""All house rules. A new one is a file here and a line in `RULES`."""

from tools.lint.rules.any_reason import ANY_REASON
from tools.lint.rules.design_tokens import DESIGN_TOKENS
from tools.lint.rules.file_budget import FILE_BUDGET
from tools.lint.rules.forward_only import FORWARD_ONLY
from tools.lint.rules.function_budget import FUNCTION_BUDGET
from tools.lint.rules.no_sleep_in_tests import NO_SLEEP_IN_TESTS
from tools.lint.rules.no_utils import NO_UTILS
from tools.lint.rules.one_clock import ONE_CLOCK
from tools.lint.rules.private_modules import PRIVATE_MODULES
from tools.lint.rules.product_words import PRODUCT_WORDS
from tools.lint.rules.runtime_dependencies import RUNTIME_DEPENDENCIES
from tools.lint.rules.safe_migration import SAFE_MIGRATION
from tools.lint.rules.sql_is_constant import SQL_IS_CONSTANT

RULES = (
    ANY_REASON,
    DESIGN_TOKENS,
    FILE_BUDGET,
    FORWARD_ONLY,
    FUNCTION_BUDGET,
    NO_SLEEP_IN_TESTS,
    NO_UTILS,
    ONE_CLOCK,
    PRIVATE_MODULES,
    PRODUCT_WORDS,
    RUNTIME_DEPENDENCIES,
    SAFE_MIGRATION,
    SQL_IS_CONSTANT,
)
