#include "plan/manifest/attachment.h"

#include "base/file.h"
#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int attachment_split(const char *text, char **ret_name, const char **ret_url, struct error *err)
{
    const char *equals = strchr(text, '=');
    const char *scheme = strstr(text, "://");

    if (equals == NULL || (scheme != NULL && scheme < equals)) {
        *ret_name = NULL;
        *ret_url = text;
        return 0;
    }
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    if (length == 0 || text + length != equals) {
        return error_input(err, "\"%s\": expected NAME=URL with a name of a-z, 0-9 and \"-\"", text);
    }
    *ret_name = mem_copy(text, length);
    *ret_url = equals + 1;
    return 0;
}

void attachment_free(struct attachment *attachment)
{
    if (attachment == NULL) {
        return;
    }
    file_list_free(attachment->watches);
    free(attachment->ca_file);
    free(attachment->path);
    free(attachment->host);
    free(attachment->authorization);
    free(attachment->url);
    free(attachment);
}
