using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;

namespace PatchOperator.Sdk.Authentication;

/// <summary>Who the client is: a header for each request, a certificate for each connection, or both.</summary>
internal sealed class Credentials : IDisposable
{
    private readonly ITokenProvider? tokens;
    private readonly AuthenticationHeaderValue? fixedHeader;
    private readonly ClientCertificateSource? certificates;
    private readonly ExecPlugin? plugin;

    private Credentials(KubernetesClientConfiguration config, TimeProvider time)
    {
        plugin = config.Exec is null ? null : new ExecPlugin(config.Exec, time);
        tokens = config.TokenProvider;
        fixedHeader = FixedHeader(config);
        certificates = ClientCertificateSource.From(config);
    }

    /// <summary>The certificate to present on a new connection, if any.</summary>
    internal X509Certificate2? ClientCertificate => plugin?.Current?.Certificate ?? certificates?.Current;

    public void Dispose() => plugin?.Dispose();

    internal static Credentials From(KubernetesClientConfiguration config, TimeProvider time) => new(config, time);

    /// <summary>The Authorization header of the next request, if any.</summary>
    internal async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (plugin is not null)
            return (await plugin.GetAsync(cancellationToken).ConfigureAwait(false)).Header;
        return tokens is null ? fixedHeader : await tokens.GetAuthenticationHeaderAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The server refused what it was given: false when there is nothing else to offer.</summary>
    internal bool Renew()
    {
        plugin?.Forget();
        (tokens as TokenFileAuth)?.Forget();
        return plugin is not null || tokens is TokenFileAuth;
    }

    private static AuthenticationHeaderValue? FixedHeader(KubernetesClientConfiguration config)
    {
        if (!string.IsNullOrEmpty(config.AccessToken))
            return new AuthenticationHeaderValue("Bearer", config.AccessToken);
        return string.IsNullOrEmpty(config.Username)
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{config.Username}:{config.Password}")));
    }
}
