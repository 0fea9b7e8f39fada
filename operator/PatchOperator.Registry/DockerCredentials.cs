using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>Logins by registry, as in a Docker configuration file or a Secret of type kubernetes.io/dockerconfigjson.</summary>
/// <remarks>
/// As the kubelet reads them, see "Interpretation of config.json" in https://kubernetes.io/docs/concepts/containers/images/: a key is a registry, or a part of
/// one such as <c>registry.example.com/golden</c>; a host may have globs, <c>*.registry.example.com</c>; of several that fit a repository, each is tried, the
/// most specific first. Unlike there, a path counts in whole parts: a login for <c>golden</c> is not shown to <c>golden-other</c>. Credential helpers are
/// programs of somebody's desk and are not asked.
/// </remarks>
public sealed class DockerCredentials
{
    private readonly List<(CredentialKey Key, RegistryLogin Login)> logins = [];

    private DockerCredentials()
    {
    }

    /// <summary>No logins.</summary>
    public static DockerCredentials None { get; } = new();

    /// <summary>Reads a Docker configuration.</summary>
    /// <exception cref="FormatException">The text is no such configuration; the message says what is wrong, never a secret.</exception>
    public static DockerCredentials Parse(string dockerConfigJson)
    {
        using var document = Read(dockerConfigJson);
        if (Member(document.RootElement, "auths", JsonValueKind.Object) is not { } auths)
            throw new FormatException("the Docker configuration has no object 'auths'");
        var credentials = new DockerCredentials();
        foreach (var entry in auths.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object)
                throw new FormatException($"auths['{entry.Name}'] of the Docker configuration is no object");
            if (Login(entry.Name, entry.Value) is { } login)
                credentials.logins.Add((CredentialKey.Parse(entry.Name), login));
        }

        return credentials;
    }

    /// <summary>
    /// A configuration for each login that fits a repository, in the order in which they are tried, under the registry's own name: for tools that know no globs
    /// and try one login only.
    /// </summary>
    public IEnumerable<string> ConfigurationsFor(RepositoryName repository) => For(repository).Select(login =>
    {
        var entry = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password}")) };
        if (login.IdentityToken is { } token)
            entry["identitytoken"] = token;
        return new JsonObject { ["auths"] = new JsonObject { [repository.Registry] = entry } }.ToJsonString();
    });

    /// <summary>The logins for a repository, the most specific first.</summary>
    internal IReadOnlyList<RegistryLogin> For(RepositoryName repository) =>
    [
        .. logins.Where(login => login.Key.Fits(repository))
            .OrderByDescending(login => login.Key.ToString(), StringComparer.Ordinal)
            .Select(login => login.Login),
    ];

    private static JsonDocument Read(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            // The exception's own message may quote the text, and the text holds passwords.
            throw new FormatException($"the Docker configuration is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
    }

    private static RegistryLogin? Login(string key, JsonElement entry)
    {
        var identityToken = Text(entry, "identitytoken");
        if (Text(entry, "auth") is { } auth)
        {
            var (username, password) = Decode(key, auth);
            return new RegistryLogin(username, password, identityToken);
        }

        return Text(entry, "username") is { } name ? new RegistryLogin(name, Text(entry, "password") ?? "", identityToken)
            : identityToken is not null ? new RegistryLogin("", "", identityToken)
            : null;
    }

    private static (string Username, string Password) Decode(string key, string auth)
    {
        // Some write it without padding.
        var padded = auth.Trim().PadRight((auth.Trim().Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        if (Convert.TryFromBase64String(padded, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var username, var password])
            return (username, password.TrimEnd('\0'));
        throw new FormatException($"'auth' of auths['{key}'] in the Docker configuration is not the base64 of user:password");
    }

    private static string? Text(JsonElement entry, string name) =>
        Member(entry, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
