#include "version/version_text.h"

#include "version/build_facts.h"

#include "fleet/ranks.h"

#include <curl/curl.h>
#include <jansson.h>
#include <nghttp2/nghttp2.h>
#include <openssl/crypto.h>
#include <uv.h>
#include <yaml.h>
#include <zlib.h>

void version_text_libraries(struct text *out)
{
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);

    text_format(out, "libuv %s, libcurl %s (%s)", uv_version_string(), curl->version,
                curl->ssl_version != NULL ? curl->ssl_version : "no TLS");
    text_format(out, ", nghttp2 %s, jansson %s", nghttp2_version(0)->version_str, jansson_version_str());
    text_format(out, ", zlib %s, %s", zlibVersion(), OpenSSL_version(OPENSSL_VERSION));
    text_format(out, ", libyaml %s", yaml_get_version_string());
    text_format(out, ", %s", ranks_library() != NULL ? ranks_library() : "no MPI: load comes from this machine alone");
}

char *version_text_line(void)
{
    struct text line = {0};

    text_format(&line, "commit %s; ", build_commit);
    version_text_libraries(&line);
    text_format(&line, "; %s", build_options);
    return text_take(&line);
}
