// Listen addresses, and what stands in their way.
#include "app/fastcgi/listen_socket.hpp"

#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {
namespace {

namespace data = boost::unit_test::data;

/// The text of the ListenError, or "" when there is none.
std::string refusal(const std::string& address) {
    try {
        const Descriptor listener = open_listener(address);
    } catch (const ListenError& error) {
        return error.what();
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool is_ready_for_the_pool(const Descriptor& listener) {
    int is_listening = 0;
    socklen_t length = sizeof(is_listening);
    ::getsockopt(listener.get(), SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &length);
    return is_listening == 1 && (::fcntl(listener.get(), F_GETFL) & O_NONBLOCK) != 0 &&
           (::fcntl(listener.get(), F_GETFD) & FD_CLOEXEC) != 0;
}

/// Puts a descriptor in the place of standard input, and the old one back.
class StandardInput {
public:
    explicit StandardInput(int replacement) : previous_(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) {
        ::dup2(replacement, STDIN_FILENO);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;
    ~StandardInput() { ::dup2(previous_.get(), STDIN_FILENO); }

private:
    Descriptor previous_;
};

class ListenFixture {
public:
    TemporaryDirectory directory;
    std::string path = directory.file("listen.sock");
    std::string address = "unix:" + path;
};

BOOST_FIXTURE_TEST_SUITE(listen_socket, ListenFixture)

BOOST_AUTO_TEST_CASE(unix_socket_is_for_owner_and_group) {
    const mode_t mask_before = ::umask(0);
    const Descriptor listener = open_listener(address);
    const mode_t mask_after = ::umask(mask_before);
    BOOST_TEST(mask_after == 0U);
    BOOST_TEST(is_ready_for_the_pool(listener));
    struct stat status {};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 07777U) == 0660U);
}

BOOST_AUTO_TEST_CASE(file_left_behind_is_replaced) {
    { const Descriptor dead = open_listener(address); }
    BOOST_REQUIRE(std::filesystem::exists(path));
    const Descriptor listener = open_listener(address);
    BOOST_TEST(is_ready_for_the_pool(listener));
    BOOST_CHECK_NO_THROW(static_cast<void>(FastcgiClient::connect_unix(path)));
}

BOOST_AUTO_TEST_CASE(socket_in_use_is_left_alone) {
    const Descriptor living = open_listener(address);
    BOOST_TEST(contains(refusal(address), "another process already listens there"));
    BOOST_CHECK_NO_THROW(static_cast<void>(FastcgiClient::connect_unix(path)));
}

BOOST_AUTO_TEST_CASE(socket_in_use_with_a_full_queue_is_left_alone) {
    const Descriptor living = open_listener(address);
    BOOST_REQUIRE(::listen(living.get(), 0) == 0);
    const FastcgiClient queued = FastcgiClient::connect_unix(path);
    BOOST_TEST(contains(refusal(address), "another process already listens there"));
}

BOOST_AUTO_TEST_CASE(file_that_is_no_socket_is_left_alone) {
    std::ofstream{path} << "precious";
    BOOST_TEST(contains(refusal(address), "is not a socket"));
    BOOST_TEST(std::filesystem::file_size(path) == 8U);
}

BOOST_AUTO_TEST_CASE(path_must_fit) {
    const std::string longest = path + std::string(107 - path.size(), 'x');
    BOOST_TEST(refusal("unix:" + longest) == "");
    const std::string message = refusal("unix:" + longest + "x");
    BOOST_TEST(contains(message, "the path has 108 bytes, a unix socket allows 107"));
    BOOST_TEST(contains(refusal("unix:"), "the path is empty"));
}

BOOST_AUTO_TEST_CASE(missing_directory_is_reported) {
    BOOST_TEST(
        contains(refusal("unix:" + directory.file("no/such.sock")), "No such file or directory")
    );
}

BOOST_AUTO_TEST_CASE(tcp_port_serves) {
    Descriptor listener = open_listener("127.0.0.1:0");
    BOOST_TEST(is_ready_for_the_pool(listener));
    sockaddr_in name{};
    socklen_t length = sizeof(name);
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&name), &length);
    const std::uint16_t port = ntohs(name.sin_port);
    BOOST_TEST(contains(refusal("127.0.0.1:" + std::to_string(port)), "Address already in use"));

    WorkerPool pool{std::move(listener), {}, [](const WorkerThread&) { return describe; }};
    pool.start();
    FastcgiClient client = FastcgiClient::connect_tcp("127.0.0.1", port);
    BOOST_TEST(
        summary(client.exchange(post("/unread", std::string(30'000, 'x')))) == "200 POST /unread"
    );
    BOOST_TEST(summary(client.exchange(get("/next"))) == "200 GET /next");
}

BOOST_DATA_TEST_CASE_F(
    ListenFixture,
    other_addresses_are_refused,
    data::make(
        {"9000",
         ":9000",
         "localhost:",
         "127.0.0.1:http",
         "127.0.0.1:-1",
         "::1:9000",
         "[]:9000",
         "/run/x.sock"}
    ),
    bad_address
) {
    BOOST_TEST(contains(refusal(bad_address), std::string{"cannot listen on "} + bad_address));
}

BOOST_AUTO_TEST_CASE(inherited_socket_is_descriptor_0) {
    const Descriptor original = open_listener(address);
    ::fcntl(original.get(), F_SETFL, 0);
    const StandardInput replaced{original.get()};
    {
        const Descriptor listener = open_listener("");
        BOOST_TEST(listener.get() > STDERR_FILENO);
        BOOST_TEST(is_ready_for_the_pool(listener));
    }
    BOOST_TEST(::fcntl(STDIN_FILENO, F_GETFD) >= 0);
}

BOOST_AUTO_TEST_CASE(descriptor_0_must_be_a_listening_socket) {
    const std::string expected = "descriptor 0 is not a listening socket";
    const Descriptor file{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
    {
        const StandardInput replaced{file.get()};
        BOOST_TEST(contains(refusal(""), expected));
    }
    const Descriptor unbound{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    {
        const StandardInput replaced{unbound.get()};
        BOOST_TEST(contains(refusal(""), expected));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi
