/* wrong_service: the contract served rightly, or with one fault, so that what looks for faults can be tested. It runs in a
 * thread of the test, over a seed and a store of its own. wrong_http is its HTTP, wrong_catalog its items. */
#ifndef TWOFOLD_TESTS_WRONG_SERVICE_H
#define TWOFOLD_TESTS_WRONG_SERVICE_H

enum fault {
    FAULT_NONE,

    /* HTTP */
    FAULT_CLOSES,
    FAULT_CLOSES_AFTER_4XX,
    FAULT_CLOSES_IDLE, /* one second after the first answer on it */
    FAULT_CUTS_BODY,
    FAULT_SENDS_MORE,
    FAULT_BODY_WITH_204,
    FAULT_SILENT_ON_PUT,
    FAULT_SILENT_LATER, /* answers 30 requests */
    FAULT_DIES_LATER,   /* answers 30 requests */
    FAULT_GARBAGE,
    FAULT_ENDLESS_BODY,
    FAULT_ENDLESS_HEAD,
    FAULT_HTTP_1_0,
    FAULT_NO_CHUNKED,
    FAULT_SMALL_BODIES,

    /* heads and problems */
    FAULT_CONTENT_TYPE,
    FAULT_CHARSET,
    FAULT_NO_LOCATION,
    FAULT_ABSOLUTE_LOCATION,
    FAULT_PROBLEM_AS_JSON,
    FAULT_PROBLEM_STATUS,
    FAULT_PROBLEM_WITHOUT_DETAIL,
    FAULT_PROBLEM_TYPE,
    FAULT_HEALTH,

    /* items and pages */
    FAULT_SEED,
    FAULT_SEED_SHORT,
    FAULT_TRIMS,
    FAULT_MANGLES_ASTRAL,
    FAULT_COMPOSES,
    FAULT_CUTS_AT_NUL,
    FAULT_PRICE_IS_REAL,
    FAULT_FORGETS_PUT,
    FAULT_KEEPS_OLD_STOCK,
    FAULT_FIELD_TOO_MANY,
    FAULT_OK_FOR_MISSING,
    FAULT_NO_CONTENT_FOR_MISSING,
    FAULT_PUT_CREATES,
    FAULT_REUSES_IDS,
    FAULT_REFUSED_TAKES_ID,
    FAULT_NEXT_AT_END,
    FAULT_NEVER_NEXT,
    FAULT_AFTER_INCLUDED,
    FAULT_AFTER_IS_OFFSET,
    FAULT_DEFAULT_LIMIT,

    /* what is taken and refused */
    FAULT_TAKES_UNKNOWN_FIELDS,
    FAULT_KEYS_OF_ANY_CASE,
    FAULT_TAKES_NUMBERS_AS_STRINGS,
    FAULT_TAKES_FRACTIONS,
    FAULT_TAKES_NULL_STOCK,
    FAULT_WRAPS_NUMBERS,
    FAULT_COUNTS_BYTES,
    FAULT_COUNTS_UTF16,
    FAULT_TAKES_NINE_TAGS,
    FAULT_422_FOR_BROKEN,
    FAULT_TAKES_TRAILING_BYTES,
    FAULT_500_FOR_BROKEN,
    FAULT_ANY_CONTENT_TYPE,
    FAULT_NO_PARAMETERS,
    FAULT_MISSING_BEFORE_FIELDS,
    FAULT_CONTENT_TYPE_BEFORE_ID,
    FAULT_LOOSE_IDS,
    FAULT_LIMIT_WITHOUT_END,
    FAULT_NEGATIVE_AFTER,
    FAULT_STRICT_QUERY,
    FAULT_PLAIN_404,
    FAULT_500_FOR_SURROGATE,
    FAULT_COUNT,
};

struct wrong_service;

/* Serves on a port of 127.0.0.1 that was free. */
struct wrong_service *wrong_service_start(enum fault fault);

/* "http://127.0.0.1:PORT", borrowed. */
const char *wrong_service_url(const struct wrong_service *service);
void wrong_service_stop(struct wrong_service *service);

#endif
