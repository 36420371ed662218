#include "load/transport/security.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>
#ifdef TWOFOLD_LIBSSL
#include <openssl/ssl.h>
#endif

void security_set(const struct protocol *protocol, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, protocol->insecure ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, protocol->insecure ? 0L : 2L);
    /* Every connection shakes hands in full, so that all cost the same. */
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    const char *trusted = protocol->ca_file != NULL ? protocol->ca_file : curl_version_info(CURLVERSION_NOW)->cainfo;
    if (protocol->insecure || trusted != NULL) {
        /* One file and no folder beside it: only that is read once for all connections instead of for each. */
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
        curl_easy_setopt(easy, CURLOPT_CAINFO, protocol->insecure ? NULL : trusted);
    }
}

/* libcurl reads it with the first connection, when it is late to learn that it holds none. */
int security_check_ca_file(const char *name, struct error *err)
{
    struct text content = {0};

    if (file_read(name, &content, err) != 0) {
        return -1;
    }
    bool any = strstr(content.data, "-----BEGIN CERTIFICATE-----") != NULL ||
               strstr(content.data, "-----BEGIN TRUSTED CERTIFICATE-----") != NULL;
    text_release(&content);
    if (!any) {
        return error_input(err, "%s: expected certificates as PEM, found none", name);
    }
    return 0;
}

/* libcurl tells the end of the connection and the end of TLS alike; OpenSSL knows which it was. */
bool security_tls_ended(CURL *easy)
{
#ifdef TWOFOLD_LIBSSL
    const struct curl_tlssessioninfo *tls = NULL;

    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &tls) == CURLE_OK && tls != NULL &&
        tls->backend == CURLSSLBACKEND_OPENSSL && tls->internals != NULL) {
        return (SSL_get_shutdown(tls->internals) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
#else
    (void)easy;
#endif
    return true;
}
