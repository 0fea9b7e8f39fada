using System.Text;
using System.Text.Json;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>Logins by registry, as in a Docker configuration file or a Secret of type kubernetes.io/dockerconfigjson.</summary>
/// <remarks>
/// A key is a registry or, as for the kubelet, a part of one such as <c>registry.example.com/golden</c>; the longest that fits a repository counts. See "Interpretation of
/// config.json" in https://kubernetes.io/docs/concepts/containers/images/. Credential helpers are programs of somebody's desk and are not asked.
/// </remarks>
public sealed class DockerCredentials
{
    private readonly Dictionary<string, RegistryLogin> logins = [];

    private DockerCredentials()
    {
    }

    public static DockerCredentials None { get; } = new();

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
                credentials.logins.TryAdd(Key(entry.Name), login);
        }

        return credentials;
    }

    /// <summary>The login for a repository; null when there is none.</summary>
    internal RegistryLogin? For(RepositoryName repository)
    {
        for (var key = repository.ToString(); ; key = key[..key.LastIndexOf('/')])
        {
            if (logins.TryGetValue(key, out var login))
                return login;
            if (!key.Contains('/', StringComparison.Ordinal))
                return null;
        }
    }

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
        var bytes = new byte[auth.Length];
        if (Convert.TryFromBase64String(auth, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var username, var password])
            return (username, password.TrimEnd('\0'));
        throw new FormatException($"'auth' of auths['{key}'] in the Docker configuration is not the base64 of user:password");
    }

    /// <summary>Keys are written as URLs too: <c>https://index.docker.io/v1/</c> is what <c>docker login</c> writes for Docker Hub.</summary>
    private static string Key(string text)
    {
        var name = text[(text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..].TrimEnd('/');
        if (name.EndsWith("/v1", StringComparison.Ordinal) || name.EndsWith("/v2", StringComparison.Ordinal))
            name = name[..^3];
        var host = name.Split('/', 2)[0];
        return RepositoryName.Canonical(host) + name[host.Length..];
    }

    private static string? Text(JsonElement entry, string name) =>
        Member(entry, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
