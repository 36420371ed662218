#include "import/format/curl_option.h"

#include <stddef.h>
#include <string.h>

static const struct curl_option options[] = {
    {"request", 'X', CURL_METHOD, true},
    {"header", 'H', CURL_HEADER, true},
    {"data", 'd', CURL_DATA, true},
    {"data-ascii", '\0', CURL_DATA, true},
    {"data-binary", '\0', CURL_DATA, true},
    {"data-raw", '\0', CURL_DATA_RAW, true},
    {"data-urlencode", '\0', CURL_DATA_ENCODED, true},
    {"json", '\0', CURL_JSON, true},
    {"get", 'G', CURL_GET, false},
    {"head", 'I', CURL_HEAD, false},
    {"cookie", 'b', CURL_COOKIE, true},
    {"user", 'u', CURL_USER, true},
    {"oauth2-bearer", '\0', CURL_BEARER, true},
    {"user-agent", 'A', CURL_AGENT, true},
    {"referer", 'e', CURL_REFERER, true},
    {"range", 'r', CURL_RANGE, true},
    {"compressed", '\0', CURL_COMPRESSED, false},
    {"url", '\0', CURL_URL, true},
    {"form", 'F', CURL_NOT_READ, true},
    {"form-string", '\0', CURL_NOT_READ, true},
    {"upload-file", 'T', CURL_NOT_READ, true},
    {"config", 'K', CURL_NOT_READ, true},
    {"next", ':', CURL_NOT_READ, false},
    {"digest", '\0', CURL_NOT_READ, false},
    {"ntlm", '\0', CURL_NOT_READ, false},
    {"negotiate", '\0', CURL_NOT_READ, false},
    {"aws-sigv4", '\0', CURL_NOT_READ, true},
    {"basic", '\0', CURL_NOTHING, false},
    {"globoff", 'g', CURL_NOTHING, false},
    {"silent", 's', CURL_NOTHING, false},
    {"show-error", 'S', CURL_NOTHING, false},
    {"location", 'L', CURL_NOTHING, false},
    {"insecure", 'k', CURL_NOTHING, false},
    {"include", 'i', CURL_NOTHING, false},
    {"verbose", 'v', CURL_NOTHING, false},
    {"fail", 'f', CURL_NOTHING, false},
    {"fail-with-body", '\0', CURL_NOTHING, false},
    {"no-buffer", 'N', CURL_NOTHING, false},
    {"no-progress-meter", '\0', CURL_NOTHING, false},
    {"progress-bar", '#', CURL_NOTHING, false},
    {"remote-name", 'O', CURL_NOTHING, false},
    {"path-as-is", '\0', CURL_NOTHING, false},
    {"http1.0", '0', CURL_NOTHING, false},
    {"http1.1", '\0', CURL_NOTHING, false},
    {"http2", '\0', CURL_NOTHING, false},
    {"http2-prior-knowledge", '\0', CURL_NOTHING, false},
    {"http3", '\0', CURL_NOTHING, false},
    {"ipv4", '4', CURL_NOTHING, false},
    {"ipv6", '6', CURL_NOTHING, false},
    {"tlsv1.2", '\0', CURL_NOTHING, false},
    {"tlsv1.3", '\0', CURL_NOTHING, false},
    {"output", 'o', CURL_NOTHING, true},
    {"write-out", 'w', CURL_NOTHING, true},
    {"dump-header", 'D', CURL_NOTHING, true},
    {"cookie-jar", 'c', CURL_NOTHING, true},
    {"max-time", 'm', CURL_NOTHING, true},
    {"connect-timeout", '\0', CURL_NOTHING, true},
    {"retry", '\0', CURL_NOTHING, true},
    {"retry-delay", '\0', CURL_NOTHING, true},
    {"proxy", 'x', CURL_NOTHING, true},
    {"resolve", '\0', CURL_NOTHING, true},
    {"connect-to", '\0', CURL_NOTHING, true},
    {"interface", '\0', CURL_NOTHING, true},
    {"unix-socket", '\0', CURL_NOTHING, true},
    {"cacert", '\0', CURL_NOTHING, true},
    {"cert", 'E', CURL_NOTHING, true},
    {"key", '\0', CURL_NOTHING, true},
    {"ciphers", '\0', CURL_NOTHING, true},
};

enum { OPTION_COUNT = sizeof options / sizeof options[0] };

const struct curl_option *curl_option_named(const char *name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(options[i].name, name) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

const struct curl_option *curl_option_of_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].letter == letter && letter != '\0') {
            return &options[i];
        }
    }
    return NULL;
}
