namespace PatchOperator.Registry.Tests.Grammars;

/// <summary>
/// What is a repository, a reference, a tag and a digest, and what is none: the operator's validation, the agent and the registry client must agree on it.
/// </summary>
public static class ImageNameCases
{
    public const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>A host, an optional port and a path, and whether they are a repository.</summary>
    public static TheoryData<string, bool> Repositories { get; } = new()
    {
        { "registry.example.com/golden/worker", true },
        { "Registry.Example.COM:5000/worker", true },
        { "localhost/golden", true },
        { "localhost:5000/golden", true },
        { "registry:5000/a_b/c__d/e-f/g---h/i.j", true },
        { "172.17.0.1:41234/golden/worker", true },
        { "[::1]:5000/golden", true },
        { "[::1]/golden", true },
        { "docker.io/debian", true },
        { "registry.example.com/golden/debian_12--base", true },
        { $"r.io/{new string('a', 255)}", true },
        { $"r.io/{new string('a', 256)}", false },
        { "", false },
        { "/", false },
        { "golden", false },
        { "golden/worker", false },
        { "Golden/worker", false },
        { "registry.example.com", false },
        { "registry.example.com/", false },
        { "registry.example.com/Golden", false },
        { "registry.example.com/golden:1", false },
        { $"registry.example.com/golden@sha256:{Hex}", false },
        { "registry.example.com/golden/../other", false },
        { "registry.example.com//golden", false },
        { "registry.example.com/golden/", false },
        { "registry.example.com/golden\n", false },
        { "registry.example.com/a.-b", false },
        { "registry.example.com/a___b", false },
        { "registry.example.com/golden?x=1", false },
        { "registry.example.com/gol%64en", false },
        { "https://registry.example.com/golden", false },
        { "user:password@registry.example.com/golden", false },
        { "registry.example.com:123456/golden", false },
        { "registry.example.com:99999/golden", false },
        { "registry.example.com:/golden", false },
        { "registry..example.com/golden", false },
        { "-registry.example.com/golden", false },
        { "registry-.example.com/golden", false },
        { "registry_1.example.com/golden", false },
        { "[::zz]:5000/golden", false },
    };

    /// <summary>What people name images by, and the repository it is in; null: it names none.</summary>
    public static TheoryData<string, string?> References { get; } = new()
    {
        { "debian", "docker.io/library/debian" },
        { "debian:bookworm-slim", "docker.io/library/debian" },
        { "team/golden", "docker.io/team/golden" },
        { "docker.io/debian:12", "docker.io/library/debian" },
        { "index.docker.io/team/golden", "docker.io/team/golden" },
        { $"debian@sha256:{Hex}", "docker.io/library/debian" },
        { $"registry.example.com:5000/golden/base_os:12@sha256:{Hex}", "registry.example.com:5000/golden/base_os" },
        { "localhost/golden:1", "localhost/golden" },
        { "localhost:5000", "docker.io/library/localhost" },
        { "[::1]:5000/golden:1", "[::1]:5000/golden" },
        { "", null },
        { "--help", null },
        { "debian:", null },
        { "debian:a:b", null },
        { "debian@", null },
        { "debian@sha256:12", null },
        { $"debian@sha256:{Hex}@sha256:{Hex}", null },
        { "Debian", null },
        { "Golden/worker", null },
        { "debian 12", null },
        { "debian\n", null },
        { "/debian", null },
        { "debian/", null },
        { "a//b", null },
        { "a/../b", null },
        { "https://registry.example.com/golden", null },
        { $"r.io/{new string('a', 256)}", null },
        { Hex, null },
    };

    public static TheoryData<string, bool> Tags { get; } = new()
    {
        { "1", true },
        { "_a.b-C", true },
        { "20260101-0123456789ab", true },
        { "a..b", true },
        { new string('a', 128), true },
        { new string('a', 129), false },
        { "", false },
        { ".", false },
        { "..", false },
        { "-a", false },
        { "a/b", false },
        { "a:b", false },
        { "a b", false },
        { "a\n", false },
        { "ä", false },
        { "a%2e", false },
        { "a?b", false },
        { "../../other/manifests/1", false },
    };

    public static TheoryData<string, bool> Digests { get; } = new()
    {
        { $"sha256:{Hex}", true },
        { $"sha256:{Hex}\n", false },
        { $"sha256:{Hex}0", false },
        { $"sha512:{Hex}{Hex}", false },
        { $"SHA256:{Hex}", false },
        { $"sha256:{Hex.ToUpperInvariant()}", false },
        { Hex, false },
        { "", false },
        { "sha256:../../../etc/passwd", false },
    };
}
