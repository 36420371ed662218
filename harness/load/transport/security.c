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

#ifdef TWOFOLD_LIBSSL
/* NULL: libcurl is not over OpenSSL, or the transfer has no TLS. */
static SSL *ssl_of(CURL *easy)
{
    const struct curl_tlssessioninfo *tls = NULL;

    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &tls) != CURLE_OK || tls == NULL ||
        tls->backend != CURLSSLBACKEND_OPENSSL) {
        return NULL;
    }
    return tls->internals;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl says how it looks */
static CURLcode offer(CURL *easy, void *context, void *unused)
{
    static const unsigned char protocols[] = "\x02h2\x08http/1.1";

    (void)easy, (void)unused;
    return SSL_CTX_set_alpn_protos(context, protocols, sizeof protocols - 1) == 0 ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
}

bool security_can_offer_http2(void)
{
    const char *backend = curl_version_info(CURLVERSION_NOW)->ssl_version;
    return backend != NULL && strstr(backend, "OpenSSL") != NULL;
}

/* libcurl's own offer would make frames of its own, or ask for HTTP/1.1 alone. */
void security_offer_http2(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, offer);
}

bool security_chose_http2(CURL *easy)
{
    const unsigned char *protocol = NULL;
    unsigned length = 0;
    const SSL *ssl = ssl_of(easy);

    if (ssl != NULL) {
        SSL_get0_alpn_selected(ssl, &protocol, &length);
    }
    return length == 2 && memcmp(protocol, "h2", 2) == 0;
}

/* libcurl tells the end of the connection and the end of TLS alike; OpenSSL knows which it was. */
bool security_tls_ended(CURL *easy)
{
    const SSL *ssl = ssl_of(easy);
    return ssl == NULL || (SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN) != 0;
}
#else
bool security_can_offer_http2(void)
{
    return false;
}

void security_offer_http2(CURL *easy)
{
    (void)easy;
}

bool security_chose_http2(CURL *easy)
{
    (void)easy;
    return false;
}

bool security_tls_ended(CURL *easy)
{
    (void)easy;
    return true;
}
#endif
