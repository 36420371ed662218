#include "contract/verify/verify.h"

#include "test.h"
#include "verify_case.h"

/* ---- one fault after another of the operations that have a scenario of their own ---- */

static const struct verify_case model_faults[] = {
    {FAULT_NOTHING_BEHIND, RULE_SCORES, "scores without their model are found", "status 503, expected 200"},
    {FAULT_SCORES_OFF, RULE_SCORES, "scores that are a little off are found", "scores["},
    {FAULT_SCORES_ARE_LABELS, RULE_SCORES, "labels for scores are found", "scores["},
    {FAULT_SCORES_OF_THE_OTHER, RULE_SCORES, "scores of the other class are found", "scores["},
    {FAULT_SCORES_BACKWARDS, RULE_SCORES, "scores in another order are found", "scores["},
    {FAULT_SCORES_ONE_MISSING, RULE_SCORES, "a score too few is found", "is absent"},
    {FAULT_SCORES_ROW_TOO_MANY, RULE_FEATURES, "a row too many is found", "status 200, expected 422"},
    {FAULT_SCORES_PART_OF_A_ROW, RULE_FEATURES, "a part of a row that is taken is found", "status 200, expected 422"},
    {FAULT_SCORES_LARGE_NUMBERS, RULE_FEATURES, "features that are too large are found", "status 200, expected 422"},
};

static const struct verify_case report_faults[] = {
    {FAULT_NOTHING_BEHIND, RULE_REPORT, "a report without its table is found", "status 503, expected 200"},
    {FAULT_REPORT_WHOLE_TABLE, RULE_REPORT, "a report of all rows is found", "rows is 3000, expected 1000"},
    {FAULT_REPORT_UNORDERED, RULE_REPORT, "groups in another order are found", ".region is "},
    {FAULT_REPORT_LEAST, RULE_REPORT, "the least for the most is found", ".most_cents is "},
    {FAULT_REPORT_ROUNDED_MEAN, RULE_REPORT, "a rounded mean is found", ".mean_cents is "},
    {FAULT_REPORT_THROUGH_ZERO, RULE_REPORT, "a fit without its constant is found", "coefficients[0] is "},
    {FAULT_REPORT_ROUGH_FIT, RULE_REPORT, "coefficients that are a little off are found", "coefficients["},
    {FAULT_REPORT_ROW_TOO_MANY, RULE_REPORT_QUERY, "a row too many in a report is found", "status 200, expected 422"},
    {FAULT_REPORT_FEW_ROWS, RULE_REPORT_QUERY, "a report of too few rows is found", "status 200, expected 422"},
};

static const struct verify_case native_faults[] = {
    {FAULT_SEARCH_COUNTS_BYTES, RULE_SEARCH, "distances in bytes are found in a native search", NULL},
    {FAULT_SEARCH_TIES, RULE_SEARCH, "the wrong order is found in a native search", ".id is "},
};

static const struct verify_case member_faults[] = {
    {FAULT_NOTHING_BEHIND, RULE_LOGIN, "a login without its accounts is found", "status 503, expected 200"},
    {FAULT_LOGIN_ANY_PASSWORD, RULE_LOGIN, "any password that is taken is found", "status 200, expected 401"},
    {FAULT_LOGIN_ANY_NAME, RULE_LOGIN, "any name that is taken is found", "status 200, expected 401"},
    {FAULT_LOGIN_TRIMS, RULE_LOGIN, "a password that is trimmed is found", "status 200, expected 401"},
    {FAULT_LOGIN_403, RULE_LOGIN, "another status for a wrong password is found", "status 403, expected 401"},
    {FAULT_LOGIN_LONG_PASSWORD, RULE_LOGIN_FIELDS, "a password too long is found", "status 401, expected 422"},
    {FAULT_NO_CHALLENGE, RULE_PROBLEM, "a 401 that does not say how is found", "no WWW-Authenticate"},
    {FAULT_TOKEN_UNSIGNED, RULE_TOKEN, "a token without a signature is found", "alg is not HS256"},
    {FAULT_TOKEN_OTHER_KEY, RULE_TOKEN, "a token under another key is found", "not signed with TOKEN_KEY"},
    {FAULT_TOKEN_OTHER_NAME, RULE_TOKEN, "a token of somebody else is found", "sub is not"},
    {FAULT_TOKEN_ENDLESS, RULE_TOKEN, "a token without end is found", "exp is not"},
    {FAULT_TOKEN_FOR_A_DAY, RULE_TOKEN, "a token for a day is found", "exp is not"},
    {FAULT_TOKEN_NOT_NEEDED, RULE_TOKEN_CHECKED, "a read without a token is found", "status 200, expected 401"},
    {FAULT_TAKES_UNSIGNED, RULE_TOKEN_CHECKED, "an unsigned token that is taken is found", "status 200, expected 401"},
    {FAULT_TAKES_ENDED, RULE_TOKEN_CHECKED, "an ended token that is taken is found", "status 200, expected 401"},
    {FAULT_TAKES_ENDLESS, RULE_TOKEN_CHECKED, "an endless token that is taken is found", "status 200, expected 401"},
    {FAULT_TAKES_ANY_SIGNATURE, RULE_TOKEN_CHECKED, "a signature nobody looks at is found", "status 200, expected 401"},
};

static const struct verify_case page_faults[] = {
    {FAULT_SHOWN_RAW, RULE_SHOWN, "a name that is not escaped is found", ".name is "},
    {FAULT_SHOWN_RAW_TITLE, RULE_SHOWN, "a quote that is not escaped is found", ".title is "},
    {FAULT_SHOWN_ESCAPED_TWICE, RULE_SHOWN, "a name that is escaped twice is found", "&#60;b"},
    {FAULT_SHOWN_TRIMMED, RULE_SHOWN, "a name that is trimmed is found", ".title is \" a  b\""},
    {FAULT_SHOWN_CENTS, RULE_SHOWN, "a price in cents is found", ".price is "},
    {FAULT_SHOWN_ZERO, RULE_SHOWN, "a stock of nothing is found", ".stock is \"0\", expected \"sold out\""},
    {FAULT_SHOWN_TAGS_LOST, RULE_SHOWN, "tags that are not shown are found", ".tags[0] is \"\""},
    {FAULT_SHOWN_ROW_LOST, RULE_SHOWN, "an item that is not shown is found", ".id is "},
    {FAULT_SHOWN_ALWAYS_NEXT, RULE_SHOWN, "a link behind the last page is found", "next is "},
    {FAULT_SHOWN_AS_TEXT, RULE_SHOWN, "a page that is no HTML is found", "Content-Type is text/plain"},
    {FAULT_SHOWN_LONG_PAGE, RULE_SHOWN_QUERY, "a page that is too long is found", "status 200, expected 422"},
};

static const struct verify_case stream_faults[] = {
    {FAULT_STREAM_202, RULE_STREAM_HEAD, "another status of a stream is found", "status 202, expected 200"},
    {FAULT_STREAM_AS_TEXT, RULE_STREAM_HEAD, "a stream of another type is found", "not text/event-stream"},
    {FAULT_STREAM_CACHED, RULE_STREAM_HEAD, "a stream that may be kept is found", "not no-store"},
    {FAULT_STREAM_LATE_HEAD, RULE_STREAM_HEAD, "a head that waits for the first event is found", "the head came only"},
    {FAULT_STREAM_EARLY, RULE_STREAM, "an event before its second is found", "before its second began"},
    {FAULT_STREAM_SKIPS, RULE_STREAM, "a second that is left out is found", "the event of second "},
    {FAULT_STREAM_TWICE, RULE_STREAM, "a second that comes twice is found", "the event of second "},
    {FAULT_STREAM_ENDS, RULE_STREAM, "a stream that ends is found", "the stream ended"},
    {FAULT_STREAM_WITHOUT_ID, RULE_STREAM, "an event without an id is found", "no second as its id"},
    {FAULT_STREAM_TYPED, RULE_STREAM, "an event with a type is found", "a type of its own"},
    {FAULT_STREAM_OTHER_DATA, RULE_STREAM, "an event of other data is found", "not the second of its id"},
    {FAULT_STREAM_ONE_GETS, RULE_STREAM, "a subscriber who is forgotten is found", "no event came"},
    {FAULT_STREAM_HURTS_OTHERS, RULE_STREAM_OTHERS, "one who takes others along is found", "the stream ended"},
};

TEST_EACH(a_fault_of_streams, stream_faults)
{
    char *operations[] = {"streamEvents", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_pages_for_people, page_faults)
{
    char *operations[] = {"showItems", "createItem", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_the_model, model_faults)
{
    char *operations[] = {"scoreRows", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_members, member_faults)
{
    char *operations[] = {"logIn", "getMemberItem", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_native_searches, native_faults)
{
    char *operations[] = {"searchItemsNative", "createItem", "deleteItem", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_reports, report_faults)
{
    char *operations[] = {"makeReport", NULL};
    verify_case_check_among(*state, operations);
}
