// Public keys of every type, made for these tests by ssh-keygen and thrown away.
#pragma once

#include <string_view>

namespace innergate::handlers::domain::test_keys {

inline constexpr std::string_view kDsa1024 =
    "ssh-dss AAAAB3NzaC1kc3MAAACBANFULkSfyQOT7xRS+u+smYuFaeth+tYAeH4oJD+M2jb2QPfuDvaX"
    "zLv1qnYn6k8ScEZEUtEhpKZdThkJDgzgsvaeiAQd3bw69v+8q1ONb612Ubqq3uRity6hAl7RJey8mvSC"
    "22DqQH20DUw12LasotAgEFcda3cEusXac+pbwyQXAAAAFQC5CA9lGt2c5dFO4hIzY+k3tSHnbQAAAIBA"
    "CWV1yaib75ahzC/0/SYgErSvVN2/CITvHqKwAn3xvEXjGSTuK4YGkZeBhDzzEiSVptanM3fmzkVlZb+y"
    "Eozkgw0qPyUf3fsHW+scnnGZKwkkoE0BopfEaNNGEMd1J+4q/iY6ZxxD0BOoLLuaWNBRWIwDfxwfKPGW"
    "Oc88Wy2kewAAAIBUOqxPN66d7cjG8HEos8ZjcNdh2tq+kjeQTJ05Hd3H67ct9ACCOhbvcPt3Kdc/3fMI"
    "RevIOheWCRkH0ISFsHZf+N0csFUP6naFFd87g15tolkOsgiXxNrdHSIIJ+2I38b3iud0GJua71x8GX5/"
    "JXocg14P21Gw68NftwUx5P/MHQ== jane@example.com";

inline constexpr std::string_view kEcdsa256 =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCW0TRpq"
    "ymoiM+w01kpaLPbXZN9PLXkHcpKNOL0p5pmL/hjhBcULYQ6aJrsEeIgjhLcLc6Otx72WGuRsOwJiON4="
    " jane@example.com";

inline constexpr std::string_view kEcdsa384 =
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBLBevfIj"
    "nIevCwZroDGZezGyqOc1YIFJHRuVKdE5uOlJa6X4rK3DW8I78LsZHL5EYEmxx7a2YH8BFiYMYjXJzfVx"
    "XW1q9XJQulow5A/SnBB3O6x6S+UnTMhvwTj2Xmy67A== jane@example.com";

inline constexpr std::string_view kEcdsa521 =
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGEqeB4"
    "WEO1En/Oq4HAZEJdaxPoHsqYy2zmZNEFdpvl4DProxM09t9TZMgvMDy841uaOXgyWpTJwXvdhciE26ov"
    "8gHRA6Ed+XPC7mwCS0lOvP4X5qFo4Vi1qfEnbT3OYjy9r4rnI7bFERhbon75Nk2vzIDZFt3p63UJ4mVc"
    "cuGCcNxn+Q== jane@example.com";

inline constexpr std::string_view kEd25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJRKdGFlgHDaK++wV1pNiVpPYEpFyC7KT3Bu75mf256H"
    " jane@example.com";

inline constexpr std::string_view kRsa1024 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDo/tnBPxPaTyXVyiWNx37BAWDnlJeloOUzCCuQhJcx"
    "Pbb/zJlI5qXWgCy6MHFQ97ebRT6pJFcMBn4eWOQNmtt5xfK1u/XB/D2srVHvmDCalD2ow46rvcOd4CPc"
    "CkVlYZyE+kBQ1pLHBS5dbxM9gNRAWokObu/SM3HIb79acBzXEw== jane@example.com";

inline constexpr std::string_view kRsa2048 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDG8xO4fchyQ4b90o2+LIhDTPRvvQi4TNUxKXD3akjK"
    "qd0wGEmRK5W97SmSN3uMgxByLWrf4r0U6kpCoYygcaWkJ4SLXbIpUyMPmTFl9L+Vdtuoh9MezCWAFBdB"
    "fz/qxgEzmMpRJWv19RwlLw6Ji1bF2eFqjfOoX50xplLyDCP7X8ALqkGLvf2uWo3+VCjln4zA92exRpUQ"
    "BKohq/LAcvtM1MxPgzV4FAycwZGjc+FqofDCgmuNOQV3p0HbuAEpCI04qkIUWvYM8Zjg5+VZzPoUK29h"
    "8qWZx2NQoMYOdseqOSVM1+rbRpcesR69263qVLNU/0H3FRwsHWNRHfhCtHNh jane@example.com";

inline constexpr std::string_view kEd25519Sk =
    "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIJRKdGFlg"
    "HDaK++wV1pNiVpPYEpFyC7KT3Bu75mf256HAAAABHNzaDo= jane@example.com";

inline constexpr std::string_view kEcdsaSk =
    "sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNza"
    "C5jb20AAAAIbmlzdHAyNTYAAABBBCW0TRpqymoiM+w01kpaLPbXZN9PLXkHcpKNOL0p5pmL/hjhBcULY"
    "Q6aJrsEeIgjhLcLc6Otx72WGuRsOwJiON4AAAAEc3NoOg== jane@example.com";

}  // namespace innergate::handlers::domain::test_keys
