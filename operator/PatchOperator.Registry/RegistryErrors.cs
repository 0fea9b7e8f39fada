using System.Net;
using System.Text.Json;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>Answers of a registry, and the lack of one, as <see cref="RegistryException"/>.</summary>
/// <param name="registry">For messages.</param>
internal sealed class RegistryErrors(string registry)
{
    private const string DigestHeader = "Docker-Content-Digest";
    private const int MaxBody = 64 * 1024;
    private const int MaxText = 300;

    /// <param name="operation">What was tried, after "cannot": <c>push the manifest golden/worker:1</c>.</param>
    /// <param name="response">Not what was hoped for.</param>
    /// <param name="cancellationToken">Stops reading its body.</param>
    public async Task<RegistryException> FromAsync(string operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (codes, text) = await ReadAsync(response, cancellationToken);
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        var problem = codes.Contains("DIGEST_INVALID") ? RegistryProblem.Corrupt : Problem(response.StatusCode);
        var reason = string.Join(": ", new[] { status, problem == RegistryProblem.TooLarge ? TooLarge(response) : "", text }.Where(part => part.Length > 0));
        return Because(problem, operation, reason);
    }

    /// <summary>Which success it is differs between registries, and says nothing that a digest does not say better.</summary>
    /// <exception cref="RegistryException">It is none.</exception>
    public async Task ExpectSuccessAsync(string operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await FromAsync(operation, response, cancellationToken);
    }

    /// <summary>What the registry says that the digest is; null when it says nothing, which it need not.</summary>
    /// <exception cref="RegistryException">It says something else.</exception>
    public string? StatedDigest(string operation, HttpResponseMessage response) =>
        !response.Headers.TryGetValues(DigestHeader, out var values) ? null
            : values.First() is var digest && OciSyntax.IsDigest(digest) ? digest
            : throw Because(RegistryProblem.Corrupt, operation, $"its header {DigestHeader} is no sha256 digest");

    /// <exception cref="RegistryException">They differ.</exception>
    public void CheckDigest(string operation, string expected, string found)
    {
        if (expected != found)
            throw Because(RegistryProblem.Corrupt, operation, $"the digest is {found} and should be {expected}");
    }

    /// <exception cref="RegistryException">It is neither a manifest nor an index.</exception>
    public OciManifest Parse(string operation, byte[] content, string? mediaType)
    {
        try
        {
            return OciManifest.Parse(content, mediaType);
        }
        catch (FormatException error)
        {
            throw Because(RegistryProblem.Corrupt, operation, error.Message, error);
        }
    }

    /// <summary>What becomes a part of an address is looked at before: <c>../../other</c> is no tag.</summary>
    /// <exception cref="RegistryException">It is not <paramref name="valid"/>.</exception>
    public string Checked(string text, Func<string, bool> valid, string kind) =>
        valid(text) ? text : throw Because(RegistryProblem.Refused, $"use '{text}'", $"it is no {kind}");

    public RegistryException Because(RegistryProblem problem, string operation, string reason, Exception? inner = null) =>
        new(problem, $"{registry}: cannot {operation}: {reason}", inner);

    /// <summary>Runs <paramref name="work"/>; whatever the network does in it becomes a <see cref="RegistryProblem.Unavailable"/>.</summary>
    public async Task<T> GuardAsync<T>(string operation, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Because(RegistryProblem.Unavailable, operation, Innermost(error), error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Because(RegistryProblem.Unavailable, operation, "no answer in time", error);
        }
    }

    private static RegistryProblem Problem(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RegistryProblem.Denied,
        HttpStatusCode.RequestEntityTooLarge => RegistryProblem.TooLarge,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => RegistryProblem.Unavailable,
        _ => RegistryProblem.Refused,
    };

    private static string TooLarge(HttpResponseMessage response) =>
        $"{(response.RequestMessage?.Content?.Headers.ContentLength is { } bytes ? $"{bytes} bytes are" : "that is")} more than the registry, or a proxy in "
            + "front of it, takes at once";

    /// <summary>
    /// What the registry says itself, see "Error Codes" of the distribution specification; anything may stand in front of it and say anything.
    /// </summary>
    private static async Task<(IReadOnlyList<string> Codes, string Text)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBody, cancellationToken);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var errors = document.RootElement.GetProperty("errors").EnumerateArray().ToList();
            return (
                [.. errors.Select(error => Text(error, "code"))],
                Fit(string.Join("; ", errors.Select(error => $"{Text(error, "code")}: {Text(error, "message")}"))));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or HttpRequestException or IOException)
        {
            return ([], "");
        }
    }

    private static string Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Fit(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= MaxText ? line : line[..MaxText] + "...";
    }

    private static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;
}
