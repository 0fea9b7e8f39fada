using System.Text.RegularExpressions;

namespace PatchOperator.Registry;

/// <summary>
/// A repository: <c>registry.example.com:5000/golden/worker</c>. The grammar is that of github.com/distribution/reference, with the registry spelt out.
/// </summary>
/// <param name="Registry">Host and optional port, in lower case; <c>docker.io</c> for all names of Docker Hub.</param>
/// <param name="Path">The repository's name in the registry.</param>
internal sealed partial record RepositoryName(string Registry, string Path)
{
    /// <summary>The longest path, by the distribution specification.</summary>
    private const int MaxPath = 255;

    private const string DockerHub = "docker.io";

    /// <summary>Where the registry's API is: Docker Hub has it on another host.</summary>
    public string Endpoint => Registry == DockerHub ? "registry-1.docker.io" : Registry;

    /// <exception cref="FormatException"><paramref name="text"/> is no repository.</exception>
    public static RepositoryName Parse(string text)
    {
        if (Grammar().Match(text) is not { Success: true } match)
            throw new FormatException(
                $"'{text}' is no repository: it takes a host, an optional port and a path in lower case, "
                + "such as registry.example.com/golden/worker, without tag or digest");
        var host = match.Groups["host"].Value;
        var path = match.Groups["path"].Value;
        // Without this rule, which is Docker's, "golden/worker" would be looked for on a host called golden.
        if (host != "localhost" && !host.Contains('.', StringComparison.Ordinal) && !host.Contains(':', StringComparison.Ordinal))
            throw new FormatException($"'{text}' names no registry: put its host in front, such as registry.example.com/{text}");
        if (path.Length > MaxPath)
            throw new FormatException($"the path of '{text}' is longer than {MaxPath} characters");
        if (!Uri.TryCreate($"https://{host}/", UriKind.Absolute, out _))
            throw new FormatException($"'{host}' in '{text}' is no host with an optional port");

        var registry = Canonical(host);
        return new RepositoryName(registry, registry == DockerHub && !path.Contains('/', StringComparison.Ordinal) ? $"library/{path}" : path);
    }

    /// <summary>One name for each registry, whatever it is called.</summary>
    public static string Canonical(string host) => host.ToLowerInvariant() switch
    {
        "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" => DockerHub,
        var other => other,
    };

    public override string ToString() => $"{Registry}/{Path}";

    [GeneratedRegex(@"\A(?<host>(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?)"
        + @"/(?<path>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}
