using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace PatchOperator.Sdk.Authentication;

/// <summary>What a credential plugin answered.</summary>
internal sealed record ExecCredential(AuthenticationHeaderValue? Header, X509Certificate2? Certificate, DateTimeOffset? Expires);

/// <summary>The answer as it is written (client.authentication.k8s.io, v1 and v1beta1).</summary>
internal sealed record ExecCredentialDocument
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public ExecCredentialStatus? Status { get; set; }
}

/// <summary>The credentials themselves.</summary>
internal sealed record ExecCredentialStatus
{
    public DateTimeOffset? ExpirationTimestamp { get; set; }

    public string? Token { get; set; }

    public string? ClientCertificateData { get; set; }

    public string? ClientKeyData { get; set; }
}
