"""What the system refuses, in words: a file that is not there, a full disk."""

import errno

from paike.kernel.text import Text

_WORDS = {
    errno.ENOENT: Text("没有这个文件或文件夹。", "There is no such file or folder."),
    errno.EISDIR: Text("这是文件夹，不是文件。", "This is a folder, not a file."),
    errno.ENOTDIR: Text("这不是文件夹。", "This is not a folder."),
    errno.EEXIST: Text("已经存在。请换一个名字。", "It exists already. Choose another name."),
    errno.EACCES: Text("没有权限。请检查归属和权限。", "No permission. Check owner and mode."),
    errno.EPERM: Text("系统不允许这样做。", "The system does not allow this."),
    errno.ENOSPC: Text("磁盘已满。请先腾出空间。", "The disk is full. Make room first."),
    errno.EROFS: Text("这里只能读，不能写。", "This place can only be read."),
}


def spoken(fault: OSError) -> Text:
    """The fault with the file it is about."""
    system = str(fault.strerror)
    words = _WORDS.get(fault.errno or 0, Text(system, system))
    return Text(f"{fault.filename}：{words.zh}", f"{fault.filename}: {words.en}")
