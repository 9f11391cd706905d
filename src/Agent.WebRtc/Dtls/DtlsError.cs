using System.Text;
using Agent.WebRtc.Dtls.Native;
using Agent.WebRtc.Native;

namespace Agent.WebRtc.Dtls;

/// <summary>Reads OpenSSL's error queue of the calling thread.</summary>
internal static unsafe class DtlsError
{
    public static NativeLibraryException Create(string what) => new($"OpenSSL could not {what}: {Describe()}.");

    public static string Describe()
    {
        var error = OpenSsl.GetQueuedError();
        OpenSsl.ClearErrors();
        if (error == 0) return "no reason given";
        var buffer = stackalloc byte[256];
        OpenSsl.DescribeError(error, buffer, 256);
        return Encoding.ASCII.GetString(new ReadOnlySpan<byte>(buffer, 256).Slice(0, new ReadOnlySpan<byte>(buffer, 256).IndexOf((byte)0)));
    }
}
