/* A list of URLs: one a line, with its method in front where that is not GET. Lines that begin with "#" are comments.
 */
#include "import/format/format.h"

#include "base/mem.h"
#include "import/parts/parts.h"
#include "import/url.h"

#include <stdlib.h>
#include <string.h>

/* The method in front of the URL, whose length it is; 0: none. */
static size_t method_length(const char *line)
{
    size_t letters = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return line[letters] == ' ' || line[letters] == '\t' ? letters : 0;
}

static char *trimmed(const char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
        length--;
    }
    return mem_copy(text, length);
}

/* On the heap: the method, and the URL in *ret_url. False: it is none. */
static bool read_line(const char *line, char **ret_method, struct url *ret_url)
{
    size_t method = method_length(line);
    char *text = trimmed(line + method);
    bool is = strpbrk(text, " \t") == NULL && url_read(ret_url, text) == 0;

    if (is) {
        *ret_method = method > 0 ? mem_copy(line, method) : mem_string("GET");
    }
    free(text);
    return is;
}

bool url_list_fits(const char *line)
{
    struct url url;
    char *method, *text = trimmed(line);
    bool is = read_line(text, &method, &url);

    if (is) {
        free(method);
        url_release(&url);
    }
    free(text);
    return is;
}

static void add(const struct format_source *source, const char *method, const struct url *url, uint64_t number)
{
    struct parts parts;

    parts_init(&parts);
    parts_add_user(&parts, url->user);
    mix_add(source->mix, &(struct sighting){.origin = url->origin,
                                            .method = method,
                                            .target = url->target,
                                            .members = parts.members,
                                            .secrets = parts.secrets,
                                            .fold = true,
                                            .line = number});
    parts_release(&parts);
}

void url_list_read(const struct format_source *source, const char *line, size_t length, uint64_t number)
{
    struct url url;
    char *method, *text = trimmed(line);

    if (text[0] != '\0' && text[0] != '#') {
        if (strlen(line) == length && read_line(text, &method, &url)) {
            add(source, method, &url, number);
            free(method);
            url_release(&url);
        } else {
            format_leave_out_line(source, line, number);
        }
    }
    free(text);
}
