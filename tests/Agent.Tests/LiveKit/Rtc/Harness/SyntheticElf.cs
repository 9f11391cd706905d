using System.Buffers.Binary;
using System.Text;

namespace Agent.Tests.LiveKit.Rtc.Harness;

/// <summary>A minimal 64-bit ELF file: a header, a dynamic symbol table and its strings.</summary>
internal static class SyntheticElf
{
    internal const byte Global = 1 << 4;
    internal const byte Weak = 2 << 4;
    internal const int SymbolSize = 24;
    internal const int SymbolsAt = 64;

    internal static byte[] With(params (string Name, byte Info, ushort Section)[] symbols)
    {
        var strings = new MemoryStream();
        strings.WriteByte(0);
        var table = new byte[SymbolSize * (symbols.Length + 1)];
        for (var i = 0; i < symbols.Length; i++)
        {
            var at = table.AsSpan(SymbolSize * (i + 1));
            BinaryPrimitives.WriteUInt32LittleEndian(at, (uint)strings.Length);
            at[4] = symbols[i].Info;
            BinaryPrimitives.WriteUInt16LittleEndian(at[6..], symbols[i].Section);
            strings.Write(Encoding.ASCII.GetBytes(symbols[i].Name + '\0'));
        }

        var stringsAt = SymbolsAt + table.Length;
        var sectionsAt = stringsAt + (int)strings.Length;
        var file = new byte[sectionsAt + (3 * 64)];
        ((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(file);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(0x28), (ulong)sectionsAt);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3A), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3C), 3);
        table.CopyTo(file.AsSpan(SymbolsAt));
        strings.ToArray().CopyTo(file.AsSpan(stringsAt));
        Section(file.AsSpan(sectionsAt + 64), 11, SymbolsAt, table.Length, link: 2);
        Section(file.AsSpan(sectionsAt + 128), 3, stringsAt, (int)strings.Length, link: 0);
        return file;
    }

    internal static byte InfoOf(ReadOnlySpan<byte> file, int symbol) => file[SymbolsAt + (SymbolSize * (symbol + 1)) + 4];

    private static void Section(Span<byte> header, uint type, int offset, int size, uint link)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x18..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x20..], (ulong)size);
        BinaryPrimitives.WriteUInt32LittleEndian(header[0x28..], link);
    }
}
