#include "admin/doctor/unit_sandbox.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include <systemd/sd-bus.h>

namespace innergate::admin::doctor {
namespace {

constexpr const char* kService = "org.freedesktop.systemd1";
constexpr const char* kServiceInterface = "org.freedesktop.systemd1.Service";

using Bus = std::unique_ptr<sd_bus, decltype(&sd_bus_flush_close_unref)>;
using Message = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

Bus open_system_bus() {
    sd_bus* bus = nullptr;
    static_cast<void>(::sd_bus_open_system(&bus));
    return {bus, &sd_bus_flush_close_unref};
}

/// The object path of the unit, which is loaded if need be.
std::optional<std::string> find_unit(sd_bus* bus, const std::string& unit) {
    sd_bus_message* reply = nullptr;
    const int status = ::sd_bus_call_method(
        bus,
        kService,
        "/org/freedesktop/systemd1",
        "org.freedesktop.systemd1.Manager",
        "LoadUnit",
        nullptr,
        &reply,
        "s",
        unit.c_str()
    );
    const Message message{reply, &sd_bus_message_unref};
    const char* path = nullptr;
    if (status < 0 || ::sd_bus_message_read(reply, "o", &path) < 0) {
        return std::nullopt;
    }
    return path;
}

Message property(sd_bus* bus, const std::string& path, const char* name, const char* type) {
    sd_bus_message* reply = nullptr;
    static_cast<void>(::sd_bus_get_property(
        bus, kService, path.c_str(), kServiceInterface, name, nullptr, &reply, type
    ));
    return {reply, &sd_bus_message_unref};
}

/// The property is either a list of what is allowed or one of what is forbidden.
std::optional<bool> may_use_internet_sockets(sd_bus* bus, const std::string& path) {
    const Message reply = property(bus, path, "RestrictAddressFamilies", "(bas)");
    int is_allow_list = 0;
    if (!reply || ::sd_bus_message_enter_container(reply.get(), 'r', "bas") < 0 ||
        ::sd_bus_message_read(reply.get(), "b", &is_allow_list) < 0 ||
        ::sd_bus_message_enter_container(reply.get(), 'a', "s") < 0) {
        return std::nullopt;
    }
    bool is_named = false;
    const char* family = nullptr;
    while (::sd_bus_message_read(reply.get(), "s", &family) > 0) {
        const std::string_view name{family};
        is_named = is_named || name == "AF_INET" || name == "AF_INET6";
    }
    return is_allow_list != 0 ? is_named : !is_named;
}

/// How many networks an IPAddress… property lists.
std::optional<std::size_t> count_networks(sd_bus* bus, const std::string& path, const char* name) {
    const Message reply = property(bus, path, name, "a(iayu)");
    if (!reply || ::sd_bus_message_enter_container(reply.get(), 'a', "(iayu)") < 0) {
        return std::nullopt;
    }
    std::size_t count = 0;
    while (::sd_bus_message_skip(reply.get(), "(iayu)") > 0) {
        ++count;
    }
    return count;
}

}  // namespace

std::optional<UnitSandbox> sandbox_of(const std::string& unit) {
    const Bus bus = open_system_bus();
    if (!bus) {
        return std::nullopt;
    }
    const auto path = find_unit(bus.get(), unit);
    if (!path) {
        return std::nullopt;
    }
    const auto sockets = may_use_internet_sockets(bus.get(), *path);
    const auto denied = count_networks(bus.get(), *path, "IPAddressDeny");
    const auto allowed = count_networks(bus.get(), *path, "IPAddressAllow");
    if (!sockets || !denied || !allowed) {
        return std::nullopt;
    }
    return UnitSandbox{
        .may_use_internet_sockets = *sockets,
        .is_every_address_denied = *denied > 0 && *allowed == 0,
    };
}

}  // namespace innergate::admin::doctor
