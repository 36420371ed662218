#include "load/reply.h"

static int on_headers_complete(llhttp_t *parser)
{
    struct reply *reply = parser->data;
    int status = parser->status_code;
    bool interim = status >= 100 && status < 200;

    if (status == 101) {
        return -1; /* nobody asked for another protocol */
    }
    reply->headers_done = !interim;
    /* 1 tells llhttp that no body follows, whatever the headers say (RFC 9112, section 6.3): a 304 may well give the
     * length of the body that it does not have. */
    return interim || reply->to_head || status == 204 || status == 304 ? 1 : 0;
}

static int on_body(llhttp_t *parser, const char *data, size_t length)
{
    struct reply *reply = parser->data;
    if (reply->keep_body) {
        if (reply->body_bytes == 0) {
            reply->span = data;
            reply->span_length = length;
        } else if (reply->body_bytes + length <= REPLY_BODY_MOST) {
            if (reply->span != NULL) {
                text_append(&reply->body, reply->span, reply->span_length);
                reply->span = NULL;
            }
            text_append(&reply->body, data, length);
        }
    }
    reply->body_bytes += length;
    return 0;
}

static int on_message_complete(llhttp_t *parser)
{
    struct reply *reply = parser->data;
    if (!reply->headers_done) {
        return 0; /* a 1xx: the reply itself is still to come */
    }
    reply->done = true;
    reply->status = parser->status_code;
    reply->keep_alive = llhttp_should_keep_alive(parser) != 0;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

void reply_init(struct reply *reply, struct known_head *known)
{
    *reply = (struct reply){.known = known};
}

void reply_release(struct reply *reply)
{
    text_release(&reply->body);
}

void reply_begin(struct reply *reply, bool to_head, bool keep_body)
{
    reply->fresh = true;
    reply->to_head = to_head;
    reply->keep_body = keep_body;
    reply->headers_done = reply->done = false;
    reply->header_bytes = 0;
    reply->body_bytes = 0;
    reply->span = NULL;
    reply->span_length = 0;
    text_clear(&reply->body);
}

/* What was fed last is about to go: a body that lies in it is copied. */
static void keep_span(struct reply *reply)
{
    if (reply->span != NULL) {
        text_append(&reply->body, reply->span, reply->span_length);
        reply->span = NULL;
    }
}

/* Headers must end within their limit, however the bytes are cut: what is beyond it goes to the parser only once they
 * have. */
static llhttp_errno_t feed(struct reply *reply, const char *data, size_t length)
{
    size_t room = REPLY_HEADER_MOST - reply->header_bytes;

    if (reply->headers_done || length <= room) {
        reply->header_bytes += reply->headers_done ? 0 : length;
        return llhttp_execute(&reply->parser, data, length);
    }
    llhttp_errno_t result = llhttp_execute(&reply->parser, data, room);
    if (result != HPE_OK || reply->done) {
        return result;
    }
    return reply->headers_done ? llhttp_execute(&reply->parser, data + room, length - room) : HPE_USER;
}

static void ready_parser(struct reply *reply)
{
    if (reply->fresh) {
        llhttp_init(&reply->parser, HTTP_RESPONSE, &settings);
        reply->parser.data = reply;
        reply->fresh = false;
    }
}

static bool may_be_known(const struct reply *reply)
{
    return reply->known != NULL && reply->fresh && !reply->to_head;
}

/* Without the parser: what it would say follows from the block. */
static void take_known(struct reply *reply, const char *data)
{
    const struct known_head *known = reply->known;

    reply->done = reply->headers_done = reply->keep_alive = true;
    reply->status = known->status;
    reply->body_bytes = known->body_bytes;
    if (reply->keep_body && known->body_bytes > 0) {
        reply->span = data + known->length;
        reply->span_length = (size_t)known->body_bytes;
    }
}

enum reply_state reply_feed(struct reply *reply, const char *data, size_t length, size_t *ret_used)
{
    bool whole = may_be_known(reply);

    *ret_used = length;
    if (whole && known_head_matches(reply->known, data, length)) {
        take_known(reply, data);
        return REPLY_DONE;
    }
    ready_parser(reply);
    llhttp_errno_t result = feed(reply, data, length);
    if (reply->done) {
        *ret_used = (size_t)(llhttp_get_error_pos(&reply->parser) - data);
        if (whole && *ret_used == length && reply->keep_alive && (reply->parser.flags & F_CHUNKED) == 0) {
            known_head_learn(reply->known, data, length, reply->body_bytes, reply->status);
        }
        return REPLY_DONE;
    }
    if (result != HPE_OK) {
        return REPLY_BROKEN;
    }
    keep_span(reply);
    return REPLY_MORE;
}

enum reply_state reply_end(struct reply *reply)
{
    ready_parser(reply);
    llhttp_finish(&reply->parser);
    return reply->done ? REPLY_DONE : REPLY_MORE;
}

const char *reply_body(const struct reply *reply, size_t *ret_length)
{
    *ret_length = reply->span != NULL ? reply->span_length : reply->body.length;
    return reply->span != NULL ? reply->span : reply->body.data;
}
