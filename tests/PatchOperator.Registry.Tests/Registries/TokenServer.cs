using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PatchOperator.Registry.Tests.Registries;

/// <summary>Gives tokens that a real registry accepts, for what is asked and no more: https://distribution.github.io/distribution/spec/auth/jwt/.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private const string Issuer = "test";

    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;
    private readonly TemporaryFolder folder = new();
    private ScriptedServer? server;

    private TokenServer()
    {
        var request = new CertificateRequest("CN=token server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(folder.PathOf("ca.pem"), certificate.ExportCertificatePem());
    }

    /// <summary>What was asked of it.</summary>
    internal IEnumerable<string> Requests => server!.Requests;

    /// <summary>The registry's settings, in YAML.</summary>
    internal string Settings => $"""
        auth:
          token:
            realm: {server!.Url}/token
            service: registry.example.com
            issuer: {Issuer}
            rootcertbundle: {folder.PathOf("ca.pem")}
        """;

    internal static async Task<TokenServer> StartAsync()
    {
        var tokens = new TokenServer();
        tokens.server = await ScriptedServer.StartAsync(tokens.AnswerAsync);
        return tokens;
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var scope = context.Request.Query["scope"].ToString().Split(':');
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "RS256", x5c = new[] { Convert.ToBase64String(certificate.RawData) } });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            sub = "golden",
            aud = context.Request.Query["service"].ToString(),
            exp = now + 300,
            nbf = now - 10,
            iat = now,
            jti = "1",
            access = new[] { new { type = scope[0], name = scope[1], actions = scope[2].Split(',') } },
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return context.Response.WriteAsJsonAsync(new { token = $"{signed}.{Base64Url.EncodeToString(signature)}" }, context.RequestAborted);
    }
}
