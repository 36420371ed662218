/* curl_option: the options of curl that browsers copy and people write, and what they mean for a request. */
#ifndef TWOFOLD_IMPORT_FORMAT_CURL_OPTION_H
#define TWOFOLD_IMPORT_FORMAT_CURL_OPTION_H

#include <stdbool.h>

enum curl_meaning {
    CURL_NOTHING, /* it changes nothing of the request, such as --silent */
    CURL_METHOD,
    CURL_HEADER,
    CURL_DATA,
    CURL_DATA_RAW,
    CURL_DATA_ENCODED,
    CURL_JSON,
    CURL_GET, /* the data go into the query */
    CURL_HEAD,
    CURL_COOKIE,
    CURL_USER,
    CURL_BEARER,
    CURL_AGENT,
    CURL_REFERER,
    CURL_RANGE,
    CURL_COMPRESSED,
    CURL_URL,
    CURL_NOT_READ, /* it is known, and its request cannot be made */
};

struct curl_option {
    const char *name; /* without the dashes */
    char letter;      /* '\0': none */
    enum curl_meaning meaning;
    bool has_value;
};

/* The option of that name or letter; NULL: it is not known. */
const struct curl_option *curl_option_named(const char *name);
const struct curl_option *curl_option_of_letter(char letter);

#endif
