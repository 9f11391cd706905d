using System.Runtime.InteropServices;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>Owns a <c>ps_decoder_t</c>.</summary>
internal sealed class DecoderHandle() : SafeHandle(nint.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => PocketsphinxLibrary.Free(handle) >= 0;
}
