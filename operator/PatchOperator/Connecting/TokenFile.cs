using System.Net.Http.Headers;

namespace PatchOperator.Connecting;

/// <summary>
/// A bearer token in a file that is replaced before it expires, as the kubelet does it for pods. The file is read again when it was
/// written to, once a minute in any case, and after the server refused its token.
/// </summary>
internal sealed class TokenFile(string path, TimeProvider time) : IRenewableToken
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private volatile Reading? current;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (current is not { } reading || reading.Written != written || time.GetElapsedTime(reading.At) > MaxAge)
        {
            var token = await File.ReadAllTextAsync(path, cancellationToken);
            current = reading = new Reading(token.Trim(), written, time.GetTimestamp());
        }

        return new AuthenticationHeaderValue("Bearer", reading.Token);
    }

    public void Forget() => current = null;

    private sealed record Reading(string Token, DateTime Written, long At);
}
