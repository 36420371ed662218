#include "load/transport/heads/known_head.h"

#include <string.h>

void known_head_learn(struct known_head *head, const char *data, size_t length, uint64_t body_bytes, int status)
{
    size_t block = length - (size_t)body_bytes;

    if (block > sizeof head->bytes) {
        return;
    }
    memcpy(head->bytes, data, block);
    head->length = block;
    head->body_bytes = body_bytes;
    head->status = status;
}

bool known_head_matches(const struct known_head *head, const char *data, size_t length)
{
    return head->length > 0 && length == head->length + head->body_bytes &&
           memcmp(data, head->bytes, head->length) == 0;
}
