#nullable disable // as the package: no annotations

using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>
/// A bearer token in a file that is replaced before it expires, as the kubelet does it for pods. The file is read again when it was
/// written to, once a minute in any case, and after the server refused its token.
/// </summary>
public class TokenFileAuth : ITokenProvider
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly string path;
    private readonly TimeProvider time;
    private Reading current;

    /// <summary>Reads from this file when a token is first needed.</summary>
    public TokenFileAuth(string tokenFile)
        : this(tokenFile, TimeProvider.System)
    {
    }

    internal TokenFileAuth(string tokenFile, TimeProvider time)
    {
        path = tokenFile;
        this.time = time;
    }

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var written = File.GetLastWriteTimeUtc(path);
        var reading = Volatile.Read(ref current);
        if (reading is null || reading.Written != written || time.GetElapsedTime(reading.At) > MaxAge)
        {
            var token = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            reading = new Reading(token.Trim(), written, time.GetTimestamp());
            Volatile.Write(ref current, reading);
        }

        return new AuthenticationHeaderValue("Bearer", reading.Token);
    }

    internal void Forget() => Volatile.Write(ref current, null);

    private sealed record Reading(string Token, DateTime Written, long At);
}
