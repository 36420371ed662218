#include "wrong_line.h"

#include "base/utf8.h"
#include "record/words/wrong_response_phrase.h"

#include <stdio.h>
#include <string.h>

static void add_request(struct text *out, const struct traffic *traffic, const char *name)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        if (strcmp(traffic->requests[i].name, name) == 0) {
            traffic_write_request(traffic, &traffic->requests[i], out);
            return;
        }
    }
    utf8_plain(out, name);
}

void wrong_line_print(const struct traffic *traffic, const struct wrong_response *wrong)
{
    struct text request = {0}, lines = {0};

    add_request(&request, traffic, wrong->request);
    wrong_response_phrase_lines(&lines, wrong, request.data != NULL ? request.data : "");
    fprintf(stderr, "the first wrong response to \"%s\"\n%s", wrong->request, lines.data);
    text_release(&request);
    text_release(&lines);
}
