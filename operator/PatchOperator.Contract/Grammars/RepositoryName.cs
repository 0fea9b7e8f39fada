using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PatchOperator.Contract.Grammars;

/// <summary>
/// A repository: <c>registry.example.com:5000/golden/worker</c>. The grammar is that of github.com/distribution/reference, with the registry spelt out.
/// </summary>
public sealed partial record RepositoryName
{
    /// <summary>The registry that names without a host belong to.</summary>
    internal const string DockerHub = "docker.io";

    /// <summary>The longest path in characters: RepositoryNameTotalLengthMax of github.com/distribution/reference.</summary>
    private const int MaxPath = 255;

    private RepositoryName(string registry, string path) => (Registry, Path) = (registry, path);

    /// <summary>Host and optional port, in lower case; <c>docker.io</c> for all names of Docker Hub.</summary>
    public string Registry { get; }

    /// <summary>The repository's name in the registry.</summary>
    public string Path { get; }

    /// <summary>Where the registry's API is: Docker Hub has it on another host.</summary>
    public string Endpoint => Registry == DockerHub ? "registry-1.docker.io" : Registry;

    /// <summary>Reads a repository.</summary>
    /// <param name="text">Host, optional port and path, without tag or digest.</param>
    /// <exception cref="FormatException">It is none; the message quotes it and says why.</exception>
    public static RepositoryName Parse(string text) => TryParse(text, out var name, out var problem) ? name : throw new FormatException(problem);

    /// <summary>Reads a repository.</summary>
    /// <param name="text">Host, optional port and path, without tag or digest.</param>
    /// <param name="name">The repository; null when it is none.</param>
    /// <param name="problem">Why it is none, in words that begin with the quoted text; null when it is one.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryName? name, [NotNullWhen(false)] out string? problem)
    {
        var match = Grammar().Match(text ?? "");
        var (host, path) = (match.Groups["host"].Value, match.Groups["path"].Value);
        problem = match switch
        {
            { Success: false } => $"'{text}' is no repository: it takes a host, an optional port and a path in lower case, "
                + "such as registry.example.com/golden/worker, without tag or digest",
            _ when !IsRegistry(host) => $"'{text}' names no registry: put its host in front, such as registry.example.com/{text}",
            _ when path.Length > MaxPath => $"'{text}' has a path of more than {MaxPath} characters",
            _ when !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out _) => $"'{text}' begins with '{host}', which is no host with an optional port",
            _ => null,
        };
        name = problem is null ? Of(Canonical(host), path) : null;
        return name is not null;
    }

    /// <summary>One name for each registry, whatever it is called.</summary>
    /// <param name="host">Host and optional port.</param>
    public static string Canonical(string host) => host.ToLowerInvariant() switch
    {
        "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" => DockerHub,
        var other => other,
    };

    /// <summary>Registry and path, as <see cref="Parse"/> reads them.</summary>
    public override string ToString() => $"{Registry}/{Path}";

    /// <summary>
    /// Whether what stands before the first slash names a registry. Without this rule, which is Docker's, "golden/worker" would be looked for on a host called
    /// golden.
    /// </summary>
    internal static bool IsRegistry(string host) => host == "localhost" || host.AsSpan().ContainsAny('.', ':');

    private static RepositoryName Of(string registry, string path) =>
        new(registry, registry == DockerHub && !path.Contains('/', StringComparison.Ordinal) ? $"library/{path}" : path);

    [GeneratedRegex(@"\A(?<host>(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?)"
        + @"/(?<path>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}
