#nullable disable // as the package: no annotations

using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>A source of tokens that may change between requests.</summary>
public interface ITokenProvider
{
    /// <summary>The Authorization header of the next request.</summary>
    Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken);
}
