/* attachment: a service that runs already and is measured where it is: its address, what is spoken to it, and how its
 * processes are to be read. */
#ifndef TWOFOLD_PLAN_MANIFEST_ATTACHMENT_H
#define TWOFOLD_PLAN_MANIFEST_ATTACHMENT_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct attachment {
    char *url;           /* "http://127.0.0.1:8080/items/1", without user and password */
    char *authorization; /* of the user in the URL, as the header says it: "Basic dTpw"; NULL: none. Never written */
    char *host;          /* the host in the URL, which Host and the certificate name; IPv6 without brackets */
    char *path;          /* of the URL, with its query; at least "/" */
    char address[64];    /* numeric IPv4 or IPv6 */
    uint16_t port;
    bool named;     /* the service was given its name; else it is that of host and port */
    bool remote;    /* the address is not one of this machine */
    bool tls;       /* https */
    bool http2;     /* and nothing else */
    bool insecure;  /* any certificate will do */
    char *ca_file;  /* PEM: the certificates to trust; NULL: those that the system trusts */
    char **watches; /* NULL-terminated: "auto", "pid:7", as --watch gives them; NULL: none was given */
};

/* Splits "NAME=URL", or a URL alone, whose "=" all come after "://". *ret_name is NULL where there is none; the caller
 * frees it. *ret_url points into `text`. ERROR_INPUT for a name that is not of a-z, 0-9 and "-". */
int attachment_split(const char *text, char **ret_name, const char **ret_url, struct error *err);

/* NULL is fine. */
void attachment_free(struct attachment *attachment);

#endif
