#include "load/transport/response.h"

static int on_headers_complete(llhttp_t *parser)
{
    struct response *response = parser->data;
    int status = parser->status_code;
    bool interim = status >= 100 && status < 200;

    if (status == 101) {
        return -1; /* nobody asked for another protocol */
    }
    response->headers_done = !interim;
    /* 1 tells llhttp that no body follows, whatever the headers say (RFC 9112, section 6.3): a 304 may well give the
     * length of the body that it does not have. */
    return interim || response->to_head || status == 204 || status == 304 ? 1 : 0;
}

static int on_body(llhttp_t *parser, const char *data, size_t length)
{
    struct response *response = parser->data;
    if (response->keep_body) {
        if (response->body_bytes == 0) {
            response->span = data;
            response->span_length = length;
        } else if (response->body_bytes + length <= RESPONSE_BODY_MOST) {
            if (response->span != NULL) {
                text_append(&response->body, response->span, response->span_length);
                response->span = NULL;
            }
            text_append(&response->body, data, length);
        }
    }
    response->body_bytes += length;
    return 0;
}

static int on_message_complete(llhttp_t *parser)
{
    struct response *response = parser->data;
    if (!response->headers_done) {
        return 0; /* a 1xx: the response itself is still to come */
    }
    response->done = true;
    response->status = parser->status_code;
    response->keep_alive = llhttp_should_keep_alive(parser) != 0;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

void response_init(struct response *response, struct known_head *known)
{
    *response = (struct response){.known = known};
}

void response_release(struct response *response)
{
    text_release(&response->body);
}

void response_begin(struct response *response, bool to_head, bool keep_body)
{
    response->fresh = true;
    response->to_head = to_head;
    response->keep_body = keep_body;
    response->headers_done = response->done = false;
    response->header_bytes = 0;
    response->body_bytes = 0;
    response->span = NULL;
    response->span_length = 0;
    text_clear(&response->body);
}

/* What was fed last is about to go: a body that lies in it is copied. */
static void keep_span(struct response *response)
{
    if (response->span != NULL) {
        text_append(&response->body, response->span, response->span_length);
        response->span = NULL;
    }
}

/* Headers must end within their limit, however the bytes are cut: what is beyond it goes to the parser only once they
 * have. */
static llhttp_errno_t feed(struct response *response, const char *data, size_t length)
{
    size_t room = RESPONSE_HEADER_MOST - response->header_bytes;

    if (response->headers_done || length <= room) {
        response->header_bytes += response->headers_done ? 0 : length;
        return llhttp_execute(&response->parser, data, length);
    }
    llhttp_errno_t result = llhttp_execute(&response->parser, data, room);
    if (result != HPE_OK || response->done) {
        return result;
    }
    return response->headers_done ? llhttp_execute(&response->parser, data + room, length - room) : HPE_USER;
}

static void ready_parser(struct response *response)
{
    if (response->fresh) {
        llhttp_init(&response->parser, HTTP_RESPONSE, &settings);
        response->parser.data = response;
        response->fresh = false;
    }
}

static bool may_be_known(const struct response *response)
{
    return response->known != NULL && response->fresh && !response->to_head;
}

/* Without the parser: what it would say follows from the block. */
static void take_known(struct response *response, const char *data)
{
    const struct known_head *known = response->known;

    response->done = response->headers_done = response->keep_alive = true;
    response->status = known->status;
    response->body_bytes = known->body_bytes;
    if (response->keep_body && known->body_bytes > 0) {
        response->span = data + known->length;
        response->span_length = (size_t)known->body_bytes;
    }
}

enum response_state response_feed(struct response *response, const char *data, size_t length, size_t *ret_used)
{
    bool whole = may_be_known(response);

    *ret_used = length;
    if (whole && known_head_matches(response->known, data, length)) {
        take_known(response, data);
        return RESPONSE_DONE;
    }
    ready_parser(response);
    llhttp_errno_t result = feed(response, data, length);
    if (response->done) {
        *ret_used = (size_t)(llhttp_get_error_pos(&response->parser) - data);
        if (whole && *ret_used == length && response->keep_alive && (response->parser.flags & F_CHUNKED) == 0) {
            known_head_learn(response->known, data, length, response->body_bytes, response->status);
        }
        return RESPONSE_DONE;
    }
    if (result != HPE_OK) {
        return RESPONSE_BROKEN;
    }
    keep_span(response);
    return RESPONSE_MORE;
}

enum response_state response_end(struct response *response)
{
    ready_parser(response);
    llhttp_finish(&response->parser);
    return response->done ? RESPONSE_DONE : RESPONSE_MORE;
}

const char *response_body(const struct response *response, size_t *ret_length)
{
    *ret_length = response->span != NULL ? response->span_length : response->body.length;
    return response->span != NULL ? response->span : response->body.data;
}
