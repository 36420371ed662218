#include "load/transport/response_parser.h"

static int on_headers_complete(llhttp_t *http)
{
    struct response_parser *parser = http->data;
    int status = http->status_code;
    bool interim = status >= 100 && status < 200;

    if (status == 101) {
        return -1; /* nobody asked for another protocol */
    }
    parser->headers_done = !interim;
    /* 1 tells llhttp that no body follows, whatever the headers say (RFC 9112, section 6.3): a 304 may well give the
     * length of the body that it does not have. */
    return interim || parser->to_head || status == 204 || status == 304;
}

/* What was fed last is about to go, or more comes: a body that lies in it is copied. */
static void keep_span(struct response_parser *parser)
{
    if (parser->span != NULL) {
        text_append(&parser->body, parser->span, parser->span_length);
        parser->span = NULL;
    }
}

static size_t least(uint64_t a, uint64_t b)
{
    return (size_t)(a < b ? a : b);
}

/* Where a body begins: it is not copied as long as it lies in one piece. */
static void begin_span(struct response_parser *parser, const char *data, uint64_t length)
{
    parser->span = data;
    parser->span_length = parser->keep_body ? (size_t)length : least(length, RESPONSE_START_MOST);
}

static int on_body(llhttp_t *http, const char *data, size_t length)
{
    struct response_parser *parser = http->data;
    if (parser->body_bytes == 0) {
        begin_span(parser, data, length);
    } else if (parser->keep_body && parser->body_bytes + length <= RESPONSE_BODY_MOST) {
        keep_span(parser);
        text_append(&parser->body, data, length);
    } else if (!parser->keep_body && parser->body_bytes < RESPONSE_START_MOST) {
        keep_span(parser);
        text_append(&parser->body, data, least(length, RESPONSE_START_MOST - parser->body_bytes));
    }
    parser->body_bytes += length;
    return 0;
}

static int on_message_complete(llhttp_t *http)
{
    struct response_parser *parser = http->data;
    if (!parser->headers_done) {
        return 0; /* a 1xx: the response itself is still to come */
    }
    parser->done = true;
    parser->status = http->status_code;
    parser->keep_alive = llhttp_should_keep_alive(http) != 0;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

void response_parser_init(struct response_parser *parser, struct known_head *known)
{
    *parser = (struct response_parser){.known = known};
}

void response_parser_release(struct response_parser *parser)
{
    text_release(&parser->body);
}

void response_parser_begin(struct response_parser *parser, bool to_head, bool keep_body)
{
    parser->fresh = true;
    parser->to_head = to_head;
    parser->keep_body = keep_body;
    parser->headers_done = parser->done = false;
    parser->header_bytes = 0;
    parser->body_bytes = 0;
    parser->span = NULL;
    parser->span_length = 0;
    text_clear(&parser->body);
}

/* Headers must end within their limit, however the bytes are cut: what is beyond it goes to the parser only once they
 * have. */
static llhttp_errno_t feed(struct response_parser *parser, const char *data, size_t length)
{
    size_t room = RESPONSE_HEADER_MOST - parser->header_bytes;

    if (parser->headers_done || length <= room) {
        if (!parser->headers_done) {
            parser->header_bytes += length;
        }
        return llhttp_execute(&parser->http, data, length);
    }
    llhttp_errno_t result = llhttp_execute(&parser->http, data, room);
    if (result != HPE_OK || parser->done) {
        return result;
    }
    if (!parser->headers_done) {
        return HPE_USER;
    }
    return llhttp_execute(&parser->http, data + room, length - room);
}

static void prepare(struct response_parser *parser)
{
    if (parser->fresh) {
        llhttp_init(&parser->http, HTTP_RESPONSE, &settings);
        parser->http.data = parser;
        parser->fresh = false;
    }
}

static bool may_be_known(const struct response_parser *parser)
{
    return parser->known != NULL && parser->fresh && !parser->to_head;
}

/* Without the parser: what it would say follows from the block. */
static void take_known(struct response_parser *parser, const char *data)
{
    const struct known_head *known = parser->known;

    parser->done = parser->headers_done = parser->keep_alive = true;
    parser->status = known->status;
    parser->body_bytes = known->body_bytes;
    if (known->body_bytes > 0) {
        begin_span(parser, data + known->length, known->body_bytes);
    }
}

enum response_state response_parser_feed(struct response_parser *parser, const char *data, size_t length,
                                         size_t *ret_used)
{
    bool whole = may_be_known(parser);

    *ret_used = length;
    if (whole && known_head_matches(parser->known, data, length)) {
        take_known(parser, data);
        return RESPONSE_DONE;
    }
    prepare(parser);
    llhttp_errno_t result = feed(parser, data, length);
    if (parser->done) {
        *ret_used = (size_t)(llhttp_get_error_pos(&parser->http) - data);
        if (whole && *ret_used == length && parser->keep_alive && (parser->http.flags & F_CHUNKED) == 0) {
            known_head_learn(parser->known, data, length, parser->body_bytes, parser->status);
        }
        return RESPONSE_DONE;
    }
    if (result != HPE_OK) {
        return RESPONSE_BROKEN;
    }
    keep_span(parser);
    return RESPONSE_MORE;
}

enum response_state response_parser_end(struct response_parser *parser)
{
    prepare(parser);
    llhttp_finish(&parser->http);
    return parser->done ? RESPONSE_DONE : RESPONSE_MORE;
}

const char *response_parser_body(const struct response_parser *parser, size_t *ret_length)
{
    if (parser->span != NULL) {
        *ret_length = parser->span_length;
        return parser->span;
    }
    *ret_length = parser->body.length;
    return parser->body.data;
}
