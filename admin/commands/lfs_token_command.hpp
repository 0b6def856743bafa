// `innergate-admin lfs-token`: is this a token that Git LFS got from us?
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

/// `lfs-token verify TOKEN --username NAME`: exit status 0 when the token is good now, 1 when it is
/// not, with the reason.
void register_lfs_token(CLI::App& app, Context& context);

}  // namespace innergate::admin
