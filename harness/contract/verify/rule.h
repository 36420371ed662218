/* rule: the rules of the contract that the checks refer to. */
#ifndef TWOFOLD_CONTRACT_VERIFY_RULE_H
#define TWOFOLD_CONTRACT_VERIFY_RULE_H

enum rule {
    RULE_RESPONDS,
    RULE_FRAMING,
    RULE_KEPT,
    RULE_HEALTH,
    RULE_GET,
    RULE_PAGE,
    RULE_CREATE,
    RULE_LOCATION,
    RULE_IDS,
    RULE_REPLACE,
    RULE_DELETE,
    RULE_SEED,
    RULE_NAME,
    RULE_DEFAULTS,
    RULE_NOT_JSON,
    RULE_CONTENT_TYPE,
    RULE_NOT_AN_ITEM,
    RULE_RANGES,
    RULE_PATH,
    RULE_QUERY,
    RULE_UNKNOWN_QUERY,
    RULE_ORDER,
    RULE_PROBLEM,
    RULE_UNKNOWN_PATH,
    RULE_SUCCESS,
    RULE_SURROGATE,
    RULE_SIZE,
    RULE_UNAVAILABLE,
    RULE_SUMMARY,
    RULE_HISTOGRAM,
    RULE_SERIES,
    RULE_SERIES_SIZE,
    RULE_SEARCH,
    RULE_SEARCH_QUERY,
    RULE_FAN_OUT,
    RULE_PARTIAL,
    RULE_FAN_OUT_QUERY,
    RULE_PLACE,
    RULE_NOT_AN_ORDER,
    RULE_UNKNOWN_ITEM,
    RULE_STOCK,
    RULE_GET_ORDER,
    RULE_SCORES,
    RULE_FEATURES,
    RULE_REPORT,
    RULE_REPORT_QUERY,
    RULE_COUNT,
};

/* The rule as the contract words it. Rules of HTTP itself and of verify say so. */
const char *rule_sentence(enum rule rule);

#endif
