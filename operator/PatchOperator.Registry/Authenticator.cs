using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PatchOperator.Registry;

/// <summary>
/// Answers a registry's challenge: with the password, or with a token that a token server gives for it, by
/// https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, https://distribution.github.io/distribution/spec/auth/oauth/.
/// </summary>
internal sealed class Authenticator(HttpClient http, RegistryErrors errors, RegistryLogin? login, bool insecure)
{
    private const int MaxTokenAnswer = 1024 * 1024;

    /// <summary>The Authorization header to try again with.</summary>
    /// <exception cref="RegistryException">There is none.</exception>
    public async Task<AuthenticationHeaderValue> AnswerAsync(HttpResponseMessage unauthorized, string operation, CancellationToken cancellationToken)
    {
        var challenges = unauthorized.Headers.WwwAuthenticate.Select(Challenge.Parse).ToList();
        if (challenges.Find(challenge => challenge.Scheme == Challenge.Bearer) is { } bearer)
            return new AuthenticationHeaderValue("Bearer", await TokenAsync(bearer, operation, cancellationToken));
        if (challenges.Exists(challenge => challenge.Scheme == Challenge.Basic) && login is { IdentityToken: null })
            return Basic(login);
        throw await errors.FromAsync(
            login is null ? $"{operation} without a login, as the credentials have none for this repository" : operation, unauthorized, cancellationToken);
    }

    private static AuthenticationHeaderValue Basic(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password}")));

    private async Task<string> TokenAsync(Challenge challenge, string operation, CancellationToken cancellationToken)
    {
        var realm = Realm(challenge, operation);
        var attempt = $"log in at {realm.Authority} to {operation}";
        return await errors.GuardAsync(attempt, async () =>
        {
            using var request = Request(realm, challenge);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await errors.ExpectSuccessAsync(attempt, response, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxTokenAnswer, cancellationToken);
            return Token(await response.Content.ReadAsByteArrayAsync(cancellationToken))
                ?? throw errors.Because(RegistryProblem.Unavailable, attempt, "the answer holds no token");
        }, cancellationToken);
    }

    private Uri Realm(Challenge challenge, string operation)
    {
        var realm = challenge.Parameters.GetValueOrDefault("realm");
        if (!Uri.TryCreate(realm, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
            throw errors.Because(RegistryProblem.Refused, operation, $"it asks to log in at '{realm}', which is no address");
        if (uri.Scheme == Uri.UriSchemeHttp && !insecure)
            throw errors.Because(
                RegistryProblem.Refused, operation, $"it asks to log in at '{uri.Authority}' over plain HTTP, which would show the password to everybody");
        return uri;
    }

    private HttpRequestMessage Request(Uri realm, Challenge challenge)
    {
        var fields = new Dictionary<string, string>();
        foreach (var name in new[] { "service", "scope" })
        {
            if (challenge.Parameters.TryGetValue(name, out var value))
                fields[name] = value;
        }

        if (login?.IdentityToken is not { } identityToken)
        {
            return new HttpRequestMessage(HttpMethod.Get, WithQuery(realm, fields)) { Headers = { Authorization = login is null ? null : Basic(login) } };
        }

        (fields["grant_type"], fields["client_id"], fields["refresh_token"]) = ("refresh_token", "patch-operator", identityToken);
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(fields) };
    }

    private static Uri WithQuery(Uri uri, Dictionary<string, string> fields)
    {
        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return new UriBuilder(uri) { Query = string.Join('&', new[] { uri.Query.TrimStart('?'), query }.Where(part => part.Length > 0)) }.Uri;
    }

    private static string? Token(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return Member(document.RootElement, "token") ?? Member(document.RootElement, "access_token");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Only what can stand in a header: what cannot would come back as an exception that quotes it.</summary>
    private static string? Member(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var token) && token.ValueKind == JsonValueKind.String
            && token.GetString() is { Length: > 0 } text && text.All(character => character is > ' ' and <= '~') ? text : null;
}
